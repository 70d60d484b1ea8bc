package dev.vestibule.client;

import dev.vestibule.config.Origin;
import dev.vestibule.network.IpLiteral;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// A client id that names a program by its address, spelled in one way only, so that the host that
/// a person reads is the one that is meant.
///
/// Attack: user information, escapes, capitals, foreign letters or a trailing dot that make one
/// host look like another.
record ProgramAddress(URI uri, Origin origin) {

    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]*");

    /// An http or https address (IndieAuth section 3.3; Home Assistant's `verify_client_id`), in
    /// its one spelling.
    static Optional<ProgramAddress> parse(String clientId) {
        try {
            URI uri = new URI(clientId);
            return Origin.of(uri)
                    .filter(origin -> isPlain(uri) && isSpelledSo(clientId, origin))
                    .map(origin -> new ProgramAddress(uri, origin));
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isSpelledSo(String clientId, Origin origin) {
        String rest = clientId.substring(Math.min(origin.toString().length(), clientId.length()));
        return clientId.startsWith(origin.toString())
                && (rest.isEmpty() || rest.startsWith("/") || rest.startsWith("?"));
    }

    private static boolean isPlain(URI uri) {
        return uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && uri.toString().chars().allMatch(c -> c > ' ' && c < 127)
                && Arrays.stream(uri.getRawPath().split("/", -1))
                        .noneMatch(part -> part.equals(".") || part.equals(".."));
    }

    /// Whether a person can tell who it is: by a name, which only its holder has a certificate for,
    /// or because it is on their own machine.
    boolean hasName() {
        return origin.port() > 0 && origin.port() < 65_536 && isNamed();
    }

    private boolean isNamed() {
        return origin.isLoopback()
                || (origin.isSecure()
                        && NAME.matcher(origin.host()).matches()
                        && IpLiteral.parse(origin.host()).isEmpty());
    }

    /// A metadata document has a path of its own (draft-ietf-oauth-client-id-metadata-document
    /// section 3).
    boolean mayBeDocument() {
        return origin.isSecure() && uri.getRawPath().length() > 1;
    }
}
