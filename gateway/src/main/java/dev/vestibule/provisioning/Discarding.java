package dev.vestibule.provisioning;

/// What became of parting an account from its user for good.
public enum Discarding {
    /// The account has no user any more.
    GONE,
    /// It is still known whose the user was.
    STAYS
}
