package dev.vestibule.proxy;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.homeassistant.TrustedCertificates;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
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

    /// The address of a configured Home Assistant.
    ///
    /// @throws IllegalArgumentException where the address names no host, or a certificate file is
    ///   unreadable
    public static UpstreamAddress of(HomeAssistantConfig config) {
        Origin origin =
                Origin.of(config.url())
                        .orElseThrow(
                                () -> new IllegalArgumentException("no address: " + config.url()));
        String host = origin.host();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new UpstreamAddress(
                bare, origin.port(), origin.isSecure() ? tls(config) : new Encryption.None());
    }

    private static Encryption tls(HomeAssistantConfig config) {
        return new Encryption.Tls(
                new JdkSslContext(
                        TrustedCertificates.systemAnd(config.caFiles()),
                        true,
                        null,
                        IdentityCipherSuiteFilter.INSTANCE,
                        null,
                        ClientAuth.NONE,
                        null,
                        false));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
