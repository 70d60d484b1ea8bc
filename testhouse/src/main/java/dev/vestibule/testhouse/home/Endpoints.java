package dev.vestibule.testhouse.home;

import dev.vestibule.testhouse.home.Endpoint.Access;
import dev.vestibule.testhouse.home.Endpoint.Action;
import dev.vestibule.testhouse.home.Endpoint.Cors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Every path of the house. Filled at the start, read-only afterwards.
final class Endpoints {

    /// An endpoint and what its pattern found in the path.
    record Match(Endpoint endpoint, Map<String, String> parts) {
        Match {
            parts = Map.copyOf(parts);
        }
    }

    private final List<Endpoint> endpoints = new ArrayList<>();

    void open(String method, String pattern, Action.Whole action) {
        add(new Endpoint(method, pattern, Access.ANYBODY, Cors.CONFIGURED, action));
    }

    void guarded(String method, String pattern, Action.Whole action) {
        add(new Endpoint(method, pattern, Access.TOKEN, Cors.CONFIGURED, action));
    }

    /// Also for pages of any origin.
    void openToAllOrigins(String method, String pattern, Action.Whole action) {
        add(new Endpoint(method, pattern, Access.ANYBODY, Cors.ALL, action));
    }

    void add(Endpoint endpoint) {
        endpoints.add(endpoint);
    }

    /// All methods of the first pattern that fits.
    List<Match> find(String path) {
        var found = new ArrayList<Match>();
        for (Endpoint endpoint : endpoints) {
            boolean isSamePattern =
                    found.isEmpty()
                            || found.getFirst().endpoint().pattern().equals(endpoint.pattern());
            if (isSamePattern) {
                match(endpoint.pattern(), path)
                        .ifPresent(parts -> found.add(new Match(endpoint, parts)));
            }
        }
        return found;
    }

    /// In the form of the header `Allow`; every view answers OPTIONS too.
    static String allow(List<Match> matches) {
        return matches.stream()
                        .map(match -> match.endpoint().method())
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining(","))
                + ",OPTIONS";
    }

    private static Optional<Map<String, String>> match(String pattern, String path) {
        String[] wanted = pattern.split("/", -1);
        String[] given = path.split("/", -1);
        var parts = new HashMap<String, String>();
        for (int i = 0; i < wanted.length; i++) {
            if (i >= given.length) {
                return Optional.empty();
            }
            if (wanted[i].endsWith("...}")) {
                String name = wanted[i].substring(1, wanted[i].length() - 4);
                parts.put(name, String.join("/", List.of(given).subList(i, given.length)));
                return Optional.of(parts);
            }
            if (wanted[i].startsWith("{") && !given[i].isEmpty()) {
                parts.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return wanted.length == given.length ? Optional.of(parts) : Optional.empty();
    }
}
