package dev.vestibule.config;

/// Whether the parameters of a sign-in go to the provider directly (RFC 9126) instead of through
/// the browser's address line.
public enum PushedAuthorization {
    /// Whenever the provider offers it.
    WHEN_OFFERED,
    /// Never; a provider that requires it cannot be used then.
    NEVER
}
