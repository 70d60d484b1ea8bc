package dev.vestibule.homeassistant;

/// The three groups that every Home Assistant has.
public enum HomeAssistantGroup {
    ADMIN("system-admin"),
    USERS("system-users"),
    READ_ONLY("system-read-only");

    private final String id;

    HomeAssistantGroup(String id) {
        this.id = id;
    }

    /// As Home Assistant calls it.
    public String id() {
        return id;
    }
}
