package dev.vestibule.leave;

import dev.vestibule.account.Account;

/// A person or a device at a home, and what becomes of their user.
///
/// @param homeAssistantName how Home Assistant calls the user; empty text where it has none
public record Leaver(Account account, String homeAssistantName, Fate fate) {}
