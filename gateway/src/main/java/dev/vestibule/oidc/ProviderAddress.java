package dev.vestibule.oidc;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.network.IpLiteral;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Which addresses we speak to on behalf of a provider: https ones. Plain http is for a provider
/// whose issuer is on this machine, or where the operator wrote `insecure-http`.
final class ProviderAddress {

    private final OpenIdProviderConfig config;

    ProviderAddress(OpenIdProviderConfig config) {
        this.config = config;
    }

    /// @throws OpenIdProviderMisconfigured where the configured issuer is no address to speak to
    void requireUsableIssuer() {
        requireUsable("issuer", config.issuer().toString());
        if (config.issuer().getRawQuery() != null) {
            // OIDC Discovery section 3: an issuer has neither query nor fragment.
            throw new OpenIdProviderMisconfigured(
                    "The issuer of " + config.id() + " must not have a query.");
        }
    }

    /// @param name the member of the discovery document that holds the address
    URI requireUsable(String name, String text) {
        URI uri = parse(name, text);
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw unusable(name, "is not the address of an endpoint");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (scheme.equals("https")) {
            return uri;
        }
        if (!scheme.equals("http")) {
            throw unusable(name, "is neither https nor http");
        }
        if (config.insecureHttp() || (isLoopback(host) && isLoopback(config.issuer().getHost()))) {
            return uri;
        }
        throw unusable(
                name,
                "is plain http, so that everybody on the way can read and change it. Use https,"
                        + " or write insecure-http: true if that is what you want");
    }

    private URI parse(String name, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException unreadable) {
            throw unusable(name, "is not an address");
        }
    }

    private OpenIdProviderMisconfigured unusable(String name, String why) {
        return new OpenIdProviderMisconfigured(
                "The " + name + " of the provider " + config.id() + " " + why + ".");
    }

    private static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.equalsIgnoreCase("localhost")
                || IpLiteral.parse(bare).filter(InetAddress::isLoopbackAddress).isPresent();
    }
}
