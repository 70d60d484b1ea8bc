package dev.vestibule.explain;

import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountState;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.config.Role;
import dev.vestibule.grant.GrantKind;

import java.util.Set;
import java.util.stream.Collectors;

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

    static String of(AccountOrigin origin) {
        return switch (origin) {
            case OIDC -> "a first sign-in at a provider";
            case ADOPTED -> "a token of Home Assistant that is older than the gateway";
            case SCIM -> "an identity system, which decides about them";
            case LOCAL -> "their own login of Home Assistant";
            case KIOSK -> "the configuration, as a wall tablet";
            case BREAK_GLASS -> "the configuration, as the emergency administrator";
        };
    }

    static String of(Set<SuspendedBy> words) {
        return words.stream().map(PlainWords::of).collect(Collectors.joining(" and of "))
                + (words.equals(Set.of(SuspendedBy.PROVIDER))
                        ? "; a sign-in there lets them in again"
                        : "");
    }

    private static String of(SuspendedBy by) {
        return switch (by) {
            case PROVIDER -> "the identity provider";
            case SCIM -> "an identity system (SCIM)";
            case OPERATOR -> "whoever runs the gateway";
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
