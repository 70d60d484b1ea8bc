package dev.vestibule.admission;

import dev.vestibule.oidc.Prompt;

/// What a browser wants: to be somewhere as somebody.
///
/// @param prompt [Prompt#SELECT_ACCOUNT] where the person wants to be somebody else than now
public record SignInWish(Destination destination, Prompt prompt) {}
