package dev.vestibule.explain;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// An address as somebody copies it out of a browser or a log, taken apart and otherwise left as it
/// is: the door is to read it, doubtful characters included.
///
/// @param host with the port where one is written; empty text where only a path was given
/// @param target path and query, as they would travel
/// @param isSocket whether a websocket is asked for there
public record WebAddress(String host, String target, boolean isSocket) {

    private static final Set<String> PAGES = Set.of("http", "https");
    private static final Set<String> SOCKETS = Set.of("ws", "wss");

    /// Whether somebody means an address and not a name.
    public static boolean isMeant(String text) {
        return text.startsWith("/") || text.contains("://");
    }

    /// Empty where it is no address of the web. A fragment stays in the browser (RFC 9110 section
    /// 4.2.5), so it is left out here as there.
    public static Optional<WebAddress> read(String text) {
        int fragment = text.indexOf('#');
        String travelling = fragment < 0 ? text : text.substring(0, fragment);
        if (travelling.startsWith("/")) {
            return Optional.of(new WebAddress("", travelling, false));
        }
        int colon = travelling.indexOf("://");
        if (colon < 0) {
            return Optional.empty();
        }
        String scheme = travelling.substring(0, colon).toLowerCase(Locale.ROOT);
        boolean isSocket = SOCKETS.contains(scheme);
        if (!isSocket && !PAGES.contains(scheme)) {
            return Optional.empty();
        }
        String rest = travelling.substring(colon + 3);
        int end = endOfHost(rest);
        String host = rest.substring(0, end);
        // A browser does not send what stands before the sign, and nobody of ours has any.
        return host.isEmpty() || host.contains("@")
                ? Optional.empty()
                : Optional.of(new WebAddress(host, target(rest.substring(end)), isSocket));
    }

    private static int endOfHost(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '/' || text.charAt(i) == '?') {
                return i;
            }
        }
        return text.length();
    }

    private static String target(String written) {
        return written.startsWith("/") ? written : "/" + written;
    }
}
