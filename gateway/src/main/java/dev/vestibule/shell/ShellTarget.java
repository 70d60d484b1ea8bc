package dev.vestibule.shell;

import dev.vestibule.http.RequestTarget;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Which document of the front end a request means. Its path is ours: spelled canonically, without
/// a query, of letters that need no escape.
sealed interface ShellTarget {

    /// The one page of the front end, at `/` and at every panel's path.
    record Index() implements ShellTarget {}

    /// A document with a fixed path.
    record Fixed(String path) implements ShellTarget {}

    /// A file below one of the front end's three directories.
    ///
    /// @param directory with a slash at the end
    /// @param name the last segment
    record Asset(String directory, String name) implements ShellTarget {

        String path() {
            return directory + name;
        }
    }

    /// Nothing that the front end has.
    record Unknown() implements ShellTarget {}

    String INDEX_PATH = "/";

    Set<String> FIXED =
            Set.of(
                    "manifest.json",
                    "robots.txt",
                    "service_worker.js",
                    "sw-legacy.js",
                    "sw-modern.js");

    Set<String> ROOTS = Set.of("frontend_es5", "frontend_latest", "static");

    Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._~-]{0,127}");

    int SEGMENTS_MAX = 8;

    /// @param panels the first segments that open the front end's page
    static ShellTarget of(RequestTarget target, Set<String> panels) {
        List<String> segments = target.segments();
        String first = segments.getFirst();
        boolean isAlone = segments.size() == 1;
        if (isAlone && first.isEmpty()) {
            return new Index();
        }
        if (isAlone && FIXED.contains(first)) {
            return new Fixed("/" + first);
        }
        if (ROOTS.contains(first)) {
            return asset(segments);
        }
        return panels.contains(first) ? new Index() : new Unknown();
    }

    private static ShellTarget asset(List<String> segments) {
        boolean isPlain =
                segments.size() > 1
                        && segments.size() <= SEGMENTS_MAX
                        && segments.stream().allMatch(s -> SEGMENT.matcher(s).matches());
        if (!isPlain) {
            return new Unknown();
        }
        String directory = "/" + String.join("/", segments.subList(0, segments.size() - 1)) + "/";
        return new Asset(directory, segments.getLast());
    }
}
