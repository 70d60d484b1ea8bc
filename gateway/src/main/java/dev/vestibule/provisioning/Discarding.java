package dev.vestibule.provisioning;

/// What became of parting an account from its user for good.
public enum Discarding {
    /// The user is deleted, or left behind without anything by which the gateway acts as them.
    DONE,
    /// The user lives on, and may be acted as.
    UNDONE
}
