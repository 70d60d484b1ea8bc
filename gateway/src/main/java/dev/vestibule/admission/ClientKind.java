package dev.vestibule.admission;

/// What kind of client asks for a code.
public enum ClientKind {
    /// A page of this home: the front end in a browser. What it gets ends with the browser's
    /// session.
    OWN,
    /// Everything else: companion apps, voice assistants, programs. What they get outlives every
    /// session, and ends by itself or with the person's access.
    OUTLIVING;

    public boolean isBoundToSession() {
        return this == OWN;
    }
}
