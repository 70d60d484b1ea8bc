package dev.vestibule.config;

/// When the provider's UserInfo endpoint is asked for claims.
public enum UserInfoUse {
    /// Only when the ID token lacks the user name, the name or the groups; many providers keep them
    /// there.
    WHEN_CLAIMS_ARE_MISSING,
    /// At every sign-in.
    ALWAYS,
    /// Never: what the ID token lacks is missing.
    NEVER
}
