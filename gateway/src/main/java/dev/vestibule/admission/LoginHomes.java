package dev.vestibule.admission;

import dev.vestibule.config.HomeId;

import java.util.Map;

/// The homes by name. Immutable.
public record LoginHomes(Map<HomeId, LoginHome> all) {

    public LoginHomes {
        all = Map.copyOf(all);
    }

    /// @throws IllegalStateException for a home that is not configured; the door lets none through
    public LoginHome get(HomeId id) {
        LoginHome home = all.get(id);
        if (home == null) {
            throw new IllegalStateException("no such home: " + id);
        }
        return home;
    }
}
