package dev.vestibule.dialect;

import java.util.Locale;

/// What an identity system is about at a step.
enum Phase {
    PROBE,
    CREATE,
    CONFLICT,
    UPDATE,
    GROUP,
    ADD,
    REMOVE,
    DISABLE,
    ENABLE,
    DELETE,
    RECREATE;

    /// How a step of a pack begins.
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
