package dev.vestibule.policy;

import dev.vestibule.http.RequestTarget;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Finds the route of a request. What no route covers is denied. Immutable and safe to share.
///
/// A literal segment wins over a wildcard, and both win over an open end further up, whatever the
/// order of the routes.
public final class RouteTable {

    private final Node root = new Node();

    public RouteTable(List<Route> routes) {
        routes.forEach(this::add);
    }

    /// What the table says about a request.
    public sealed interface Match {

        record Found(Route route) implements Match {}

        /// The path exists, but not with this method.
        ///
        /// @param allowed for the `Allow` header
        record OtherMethod(List<String> allowed) implements Match {}

        /// No such path.
        record Nothing() implements Match {}
    }

    private static final class Node {
        private final Map<String, Node> literal = new HashMap<>();
        private @Nullable Node any;
        private final List<Route> here = new ArrayList<>();
        private final List<Route> below = new ArrayList<>();
    }

    private void add(Route route) {
        Node node = root;
        for (String segment : route.pattern().segments()) {
            node = child(node, segment);
        }
        List<Route> routes = route.pattern().isOpenEnded() ? node.below : node.here;
        for (Route other : routes) {
            if (other.methods().stream().anyMatch(route.methods()::contains)) {
                throw new IllegalStateException("two routes for " + route.pattern());
            }
        }
        routes.add(route);
    }

    private static Node child(Node node, String segment) {
        if (!segment.equals(RoutePattern.ANY)) {
            return node.literal.computeIfAbsent(segment, _ -> new Node());
        }
        Node any = node.any == null ? new Node() : node.any;
        node.any = any;
        return any;
    }

    public Match find(String method, RequestTarget target) {
        List<Route> routes = routesOf(root, target.segments(), 0);
        for (Route route : routes) {
            if (route.allows(method)) {
                return new Match.Found(route);
            }
        }
        return routes.isEmpty() ? new Match.Nothing() : new Match.OtherMethod(methodsOf(routes));
    }

    /// The routes at the most exact place that covers the path; empty where there is none.
    private static List<Route> routesOf(Node node, List<String> segments, int depth) {
        if (depth == segments.size()) {
            return node.here.isEmpty() ? node.below : node.here;
        }
        String segment = segments.get(depth);
        Node literal = node.literal.get(segment);
        if (literal != null) {
            List<Route> found = routesOf(literal, segments, depth + 1);
            if (!found.isEmpty()) {
                return found;
            }
        }
        if (node.any != null && !segment.isEmpty()) {
            List<Route> found = routesOf(node.any, segments, depth + 1);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return node.below;
    }

    private static List<String> methodsOf(List<Route> routes) {
        TreeSet<String> methods = new TreeSet<>();
        routes.forEach(route -> methods.addAll(route.methods()));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return List.copyOf(methods);
    }
}
