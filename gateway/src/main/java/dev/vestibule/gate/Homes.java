package dev.vestibule.gate;

import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The configured origins. A `Host` that names none of them is nobody's here. Immutable.
public final class Homes {

    private final Map<String, Place> byAuthority = new HashMap<>();
    private final Map<HomeId, Set<String>> originsOf = new HashMap<>();

    public Homes(List<HomeConfig> homes) {
        for (HomeConfig home : homes) {
            home.origins().forEach(origin -> add(home.name(), origin));
            add(home.name(), home.publicUrl());
        }
    }

    /// A home with the origin by which it was asked for.
    record Place(HomeId home, Origin origin) {}

    /// Where one host name is configured for http and https, it means https: what the client really
    /// used cannot be seen here, and a cookie must not lose its `Secure`.
    private void add(HomeId home, Origin origin) {
        Place place = new Place(home, origin);
        for (String spelling : List.of(origin.authority(), origin.host() + ":" + origin.port())) {
            Place other = byAuthority.get(spelling);
            if (other == null || !other.origin().isSecure() || origin.isSecure()) {
                byAuthority.put(spelling, place);
            }
        }
        originsOf.computeIfAbsent(home, _ -> new HashSet<>()).add(origin.toString());
    }

    /// @param host the value of the `Host` header
    Optional<Place> find(String host) {
        Place place = byAuthority.get(host);
        return place == null
                ? Optional.ofNullable(byAuthority.get(host.toLowerCase(Locale.ROOT)))
                : Optional.of(place);
    }

    /// Whether an `Origin` header names one of the home's own origins.
    boolean isOwn(HomeId home, String origin) {
        return originsOf.getOrDefault(home, Set.of()).contains(origin.toLowerCase(Locale.ROOT));
    }
}
