package dev.vestibule.client;

import dev.vestibule.config.Origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Where an answer is to go: an https address, or an http one of our own or on the person's own
/// machine. Parsed, never compared as a prefix. Schemes of apps are no redirects: the few that are
/// known are compared whole. `javascript:`, `data:` and their like are nothing at all.
///
/// @param text as it came; printable ASCII
record Redirect(String text, Origin origin) {

    /// User information and fragments have no place in a redirect (RFC 6749 section 3.1.2), and
    /// what is not plain ASCII would be spelled anew on its way into a header.
    static Optional<Redirect> parse(String text) {
        if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            return uri.getRawUserInfo() == null && uri.getRawFragment() == null
                    ? Origin.of(uri).map(origin -> new Redirect(text, origin))
                    : Optional.empty();
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    boolean isAt(Origin other) {
        return origin.equals(other);
    }

    /// The same text; for http on the person's own machine, the same but for the port.
    boolean isSameAs(Redirect asked) {
        return text.equals(asked.text)
                || (origin.isLoopback()
                        && !origin.isSecure()
                        && !asked.origin.isSecure()
                        && origin.host().equals(asked.origin.host())
                        && rest().equals(asked.rest()));
    }

    private String rest() {
        URI uri = URI.create(text);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    /// Over plain http everybody on the way can read the code.
    boolean isPrivate() {
        return origin.isSecure() || origin.isLoopback();
    }
}
