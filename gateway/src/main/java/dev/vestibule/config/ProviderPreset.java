package dev.vestibule.config;

/// Which product a provider is, where its ways matter and no specification tells them.
public enum ProviderPreset {
    /// Any other; only what the specifications say is taken for granted.
    NONE,
    /// Keycloak says in its refusal whether a user is disabled.
    KEYCLOAK,
    /// Google does not say when a person signed in, and knows no `prompt=login`.
    GOOGLE
}
