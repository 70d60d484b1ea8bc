package dev.vestibule.config;

/// What it says about a person that a provider no longer accepts their refresh token
/// (`invalid_grant`). The specification lets it mean anything from "signed out" to "dismissed".
public enum DisablementProof {
    /// Nothing: only that the provider vouches for them no longer.
    NEVER,
    /// That they are disabled, where the refusal says so in Keycloak's words.
    WHEN_SAID,
    /// That they are disabled, whatever the refusal says; for a provider whose refresh tokens end
    /// in no other way.
    ALWAYS
}
