package dev.vestibule.homeassistant;

/// What became of removing a credential.
public sealed interface CredentialRemoval {

    record Removed() implements CredentialRemoval {}

    record NotFound() implements CredentialRemoval {}

    record Refused(String code) implements CredentialRemoval {}
}
