package dev.vestibule.client;

import dev.vestibule.admission.ClientKind;

/// How a client is received by what the configuration says of its id. Where its answer may go is
/// judged when it asks, see [Clients#judge].
public sealed interface ClientStanding {

    /// It may ask.
    ///
    /// @param name by which everybody knows it; empty text where it says itself what it is called
    record Received(ClientKind kind, String name) implements ClientStanding {}

    /// Nobody may be asked to give it anything.
    record Refused(Reason reason) implements ClientStanding {}

    /// Why nobody may.
    enum Reason {
        /// It is no address that is spelled in one way only.
        NO_ADDRESS,
        /// Nobody listed it, and the configuration lets people decide about listed ones only.
        NOT_LISTED,
        /// Nobody listed it, and no certificate could prove who is at its address.
        NO_NAME
    }
}
