package dev.vestibule.connection;

/// Why a connection is cut.
public enum Cut {
    /// The session or grant ended: signed out, revoked, expired.
    ENDED,
    /// The person was suspended.
    SUSPENDED,
    /// The person may less than before; what they still may is opened anew.
    DEMOTED,
    /// An administrator cut what is open; it may be opened anew.
    INTERRUPTED
}
