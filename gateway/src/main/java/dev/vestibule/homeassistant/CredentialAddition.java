package dev.vestibule.homeassistant;

/// What became of adding a credential to a user.
public sealed interface CredentialAddition {

    record Added() implements CredentialAddition {}

    /// Some credential has this user name already, ours of an earlier attempt perhaps.
    record UsernameTaken() implements CredentialAddition {}

    record UserNotFound() implements CredentialAddition {}

    record Refused(String code) implements CredentialAddition {}
}
