package dev.vestibule.account;

/// Whether a person may come in at all.
public enum AccountState {
    ACTIVE,
    /// Nothing of theirs works, anywhere, until they are restored.
    SUSPENDED,
    /// Nothing of theirs works and nothing brings it back: who comes again is somebody new.
    REMOVED
}
