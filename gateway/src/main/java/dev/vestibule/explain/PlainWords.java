package dev.vestibule.explain;

import dev.vestibule.account.AccountState;
import dev.vestibule.config.Role;
import dev.vestibule.grant.GrantKind;

/// Names of ours in words.
final class PlainWords {

    private PlainWords() {}

    static String of(GrantKind kind) {
        return switch (kind) {
            case CLIENT -> "an app or browser that was signed in here";
            case ADOPTED -> "older than the gateway, taken over";
            case LONG_LIVED -> "a long-lived token";
            case SERVICE -> "a service of Home Assistant";
        };
    }

    static String of(AccountState state) {
        return switch (state) {
            case ACTIVE -> "active";
            case SUSPENDED -> "suspended";
            case REMOVED -> "removed";
        };
    }

    static String of(Role role) {
        return switch (role) {
            case ADMIN -> "admin";
            case USER -> "user";
            case VIEWER -> "viewer";
        };
    }
}
