package dev.vestibule.proxy;

import io.netty.handler.ssl.SslContext;

/// Where a Home Assistant is reached.
///
/// @param host a name or a literal address, without brackets
public record UpstreamAddress(String host, int port, Encryption encryption) {

    /// Whether the way there is encrypted.
    public sealed interface Encryption {

        record None() implements Encryption {}

        /// TLS whose certificate must carry the address's host name.
        ///
        /// @param context a client's context that trusts the configured authorities; shared by all
        ///   connections, which keeps TLS sessions
        record Tls(SslContext context) implements Encryption {}
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
