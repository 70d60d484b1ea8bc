package dev.vestibule.testhouse.home;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rules for `client_id` and `redirect_uri` (IndieAuth). Pages of clients are not fetched here,
/// so what a client names on its own page is refused.
final class ClientIds {

    private static final String APP_CALLBACK = "homeassistant://auth-callback";
    private static final String WATCH_PATH = "/3p_auth/io.homeassistant.companion.android";
    private static final Map<String, Set<String>> APPS =
            Map.of(
                    "https://home-assistant.io/iOS",
                    Set.of(APP_CALLBACK),
                    "https://home-assistant.io/android",
                    Set.of(
                            APP_CALLBACK,
                            "https://wear.googleapis.com" + WATCH_PATH,
                            "https://wear.googleapis-cn.com" + WATCH_PATH));

    private ClientIds() {}

    static boolean isValid(String clientId) {
        Optional<URI> parsed = parse(clientId);
        if (parsed.isEmpty()) {
            return false;
        }
        URI uri = parsed.get();
        boolean isWeb = List.of("http", "https").contains(uri.getScheme());
        if (!isWeb || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return false;
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        boolean hasDots =
                List.of(path.split("/", -1)).stream().anyMatch(Set.of(".", "..")::contains);
        return uri.getHost() != null && !hasDots && !isForeignAddress(uri);
    }

    /// An address with a port is not recognised as an address, and passes.
    private static boolean isForeignAddress(URI uri) {
        Optional<InetAddress> address = Addresses.parse(uri.getRawAuthority());
        return address.isPresent() && !Addresses.isLocal(address.get());
    }

    static boolean mayRedirect(String clientId, String redirectUri) {
        if (APPS.getOrDefault(clientId, Set.of()).contains(redirectUri)) {
            return true;
        }
        Optional<URI> client = parse(clientId);
        Optional<URI> redirect = parse(redirectUri);
        return client.isPresent()
                && redirect.isPresent()
                && origin(client.get()).equals(origin(redirect.get()));
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }
}
