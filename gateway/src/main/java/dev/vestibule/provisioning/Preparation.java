package dev.vestibule.provisioning;

/// Whether a person's user is ready to be signed in.
sealed interface Preparation {

    record Prepared(HiddenCredential credential) implements Preparation {}

    /// The existing user that was attached is no more; an administrator decides what to do.
    record AttachedUserGone() implements Preparation {}
}
