package dev.vestibule.admission;

/// What kind of client asks for a code, and so how much of a person's word it needs.
public enum ClientKind {
    /// A page of this home: the front end in a browser. Needs no word, and what it gets ends with
    /// the browser's session.
    OWN,
    /// A companion app. One click, or the code typed into it.
    APP,
    /// A voice assistant that the operator listed. One click.
    VOICE,
    /// A program whose metadata document the operator listed. One click.
    DOCUMENT,
    /// Any other program, where the operator lets people decide. A whole page about it.
    OTHER;

    /// What all others get outlives every session, and ends by itself or with the person's access.
    public boolean isBoundToSession() {
        return this == OWN;
    }

    /// Whether a person must say that this client may have access, each time it asks.
    public boolean needsConsent() {
        return this != OWN;
    }

    /// Programs that anybody may write bring S256, as the MCP authorization specification demands
    /// of them; the others are older than it and cannot.
    public boolean needsCodeChallenge() {
        return this == DOCUMENT || this == OTHER;
    }

    /// Whether the answer names us (RFC 9207). Clients that read our metadata expect it; the front
    /// end would keep the parameter in its address line.
    public boolean hearsIssuer() {
        return this == DOCUMENT || this == OTHER;
    }
}
