package dev.vestibule.policy;

import java.util.List;

/// The paths of a route, segment by segment: literal segments, [#ANY] for exactly one segment, and
/// at the end possibly everything below. There are no regular expressions and no prefixes of
/// segments, so `/api/webhook` never covers `/api/webhookadmin`.
///
/// @param segments decoded segments; [#ANY] stands for any one that is not empty
/// @param isOpenEnded true where everything below matches too
public record RoutePattern(List<String> segments, boolean isOpenEnded) {

    static final String ANY = "*";
    private static final String BELOW = "**";

    public RoutePattern {
        segments = List.copyOf(segments);
    }

    /// As it is written in the table of routes. Unlike a path it tells no id, so it may be logged.
    @Override
    public String toString() {
        return "/" + String.join("/", segments) + (isOpenEnded ? "/" + BELOW : "");
    }

    /// Reads `/auth/token`, `/api/webhook/*` or `/static/**`; the last one covers `/static` too.
    public static RoutePattern of(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a route starts with a slash: " + path);
        }
        List<String> segments = List.of(path.substring(1).split("/", -1));
        boolean isOpenEnded = segments.getLast().equals(BELOW);
        List<String> fixed =
                isOpenEnded ? segments.subList(0, segments.size() - 1) : List.copyOf(segments);
        if (fixed.contains(BELOW)) {
            throw new IllegalArgumentException("** stands at the end of a route only: " + path);
        }
        return new RoutePattern(fixed, isOpenEnded);
    }
}
