package dev.vestibule.gate;

import dev.vestibule.network.ClientCertificate;

/// What the connection itself says about its client, before any request is read.
///
/// @param certificate what the client showed in the handshake of TLS
/// @param hsts the value of `Strict-Transport-Security` in every answer; empty text for none
record Transport(ClientCertificate certificate, String hsts) {

    /// A connection without TLS.
    static final Transport PLAIN = new Transport(ClientCertificate.NONE, "");
}
