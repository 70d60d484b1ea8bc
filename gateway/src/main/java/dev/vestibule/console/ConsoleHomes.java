package dev.vestibule.console;

import dev.vestibule.config.HomeId;

import java.util.Map;
import java.util.Set;

/// The homes of the gateway, as the console needs them.
public record ConsoleHomes(Map<HomeId, ConsoleHome> all) {

    public ConsoleHomes {
        all = Map.copyOf(all);
    }

    Set<HomeId> ids() {
        return all.keySet();
    }

    ConsoleHome get(HomeId id) {
        ConsoleHome home = all.get(id);
        if (home == null) {
            throw new IllegalStateException("no such home: " + id);
        }
        return home;
    }
}
