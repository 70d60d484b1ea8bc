package dev.vestibule.visit;

import dev.vestibule.account.Account;
import dev.vestibule.config.Role;
import dev.vestibule.session.LiveSession;

/// A person whose browser is signed in, and what they may do at this home.
public record Insider(LiveSession session, Account account, Role role) {}
