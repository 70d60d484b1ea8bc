package dev.vestibule.grant;

/// How a grant came to be.
public enum GrantKind {
    /// A browser or an app went through our `/auth/authorize`.
    CLIENT,
    /// A refresh or access token of a person, older than the gateway.
    ADOPTED,
    /// A long-lived access token that a person made for a program.
    LONG_LIVED,
    /// A token of a system user of Home Assistant, such as Cast: it belongs to no account.
    SERVICE;

    /// How it is written in the store.
    String stored() {
        return switch (this) {
            case CLIENT -> "client";
            case ADOPTED -> "adopted";
            case LONG_LIVED -> "long-lived";
            case SERVICE -> "service";
        };
    }

    static GrantKind of(String stored) {
        return switch (stored) {
            case "client" -> CLIENT;
            case "adopted" -> ADOPTED;
            case "long-lived" -> LONG_LIVED;
            case "service" -> SERVICE;
            default -> throw new IllegalStateException("unknown kind of grant: " + stored);
        };
    }
}
