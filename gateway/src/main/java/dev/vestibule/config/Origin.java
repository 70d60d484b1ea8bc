package dev.vestibule.config;

import dev.vestibule.network.IpLiteral;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Scheme, host and port of an address (RFC 6454), in one canonical spelling: lower case, the
/// default port left out.
public record Origin(String scheme, String host, int port) {

    /// Reads `https://home.example.org` or `http://localhost:8123`; a path other than `/`, a query,
    /// a fragment or user information makes it unreadable.
    public static Optional<Origin> parse(String text) {
        try {
            URI uri = URI.create(text);
            boolean isBare =
                    (uri.getRawPath() == null
                                    || uri.getRawPath().isEmpty()
                                    || uri.getRawPath().equals("/"))
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null
                            && uri.getRawUserInfo() == null;
            return isBare ? of(uri) : Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /// The origin of an http or https address.
    public static Optional<Origin> of(URI uri) {
        if (uri.getScheme() == null || uri.getHost() == null) {
            return Optional.empty();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return Optional.empty();
        }
        int port = uri.getPort() < 0 ? defaultPort(scheme) : uri.getPort();
        return Optional.of(new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port));
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    public boolean isSecure() {
        return scheme.equals("https");
    }

    /// Whether only this machine can be meant: `localhost` and names below it (RFC 6761 section
    /// 6.3), 127.0.0.0/8 and ::1.
    public boolean isLoopback() {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.equals("localhost")
                || bare.endsWith(".localhost")
                || IpLiteral.parse(bare).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    /// Whether browsers have passkeys here: for named hosts on https, and for this machine without
    /// it. An IP address has none (WebAuthn section 5.1.2, RP ID).
    public boolean hasPasskeys() {
        boolean isNamed = !host.startsWith("[") && IpLiteral.parse(host).isEmpty();
        return isNamed && (isSecure() || isLoopback());
    }

    /// Host and port as the `Host` header has them.
    public String authority() {
        return port == defaultPort(scheme) ? host : host + ":" + port;
    }

    /// An address of this origin. The path starts with a slash and is already encoded.
    public URI resolve(String pathAndQuery) {
        return URI.create(this + pathAndQuery);
    }

    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}
