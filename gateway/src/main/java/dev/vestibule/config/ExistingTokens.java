package dev.vestibule.config;

/// What becomes of tokens and phone webhooks that are older than the gateway.
public enum ExistingTokens {
    /// Asked of Home Assistant once, then kept and watched: phones go on working.
    ADOPT,
    /// Refused: everybody signs in anew.
    DENY
}
