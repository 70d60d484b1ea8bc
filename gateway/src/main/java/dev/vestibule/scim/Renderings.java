package dev.vestibule.scim;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;

import java.util.Map;
import java.util.stream.Collectors;

/// The addresses at which resources are, by home. Immutable.
final class Renderings {

    private final Map<HomeId, Rendering> byHome;

    /// @param origins the canonical origin of each home: what a request calls itself counts for
    ///   nothing (attack: a Host header that sends a client, with its token, elsewhere)
    Renderings(Map<HomeId, Origin> origins) {
        this.byHome =
                origins.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey,
                                        entry ->
                                                new Rendering(
                                                        entry.getValue()
                                                                .resolve("/scim/v2")
                                                                .toString())));
    }

    Rendering at(HomeId home) {
        Rendering rendering = byHome.get(home);
        if (rendering == null) {
            throw new IllegalStateException("no such home: " + home);
        }
        return rendering;
    }
}
