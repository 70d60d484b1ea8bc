package dev.vestibule.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which groups of the identity provider give which role at a home. The highest role wins.
///
/// @param admin groups whose members administer Home Assistant. Default: none
/// @param user groups whose members use the house. Default: none
/// @param viewer groups whose members only look. Default: none
/// @param otherwise the role of everybody else who signs in; empty refuses them. Default: refuse
public record RolesConfig(
        Set<String> admin, Set<String> user, Set<String> viewer, List<Role> otherwise) {

    public RolesConfig {
        admin = Set.copyOf(admin);
        user = Set.copyOf(user);
        viewer = Set.copyOf(viewer);
        otherwise = List.copyOf(otherwise);
        if (otherwise.size() > 1) {
            throw new IllegalArgumentException("otherwise is one role or none");
        }
    }

    /// The role that these groups give; empty means that the person is refused.
    public Optional<Role> roleOf(Set<String> groups) {
        if (meet(groups, admin)) {
            return Optional.of(Role.ADMIN);
        }
        if (meet(groups, user)) {
            return Optional.of(Role.USER);
        }
        if (meet(groups, viewer)) {
            return Optional.of(Role.VIEWER);
        }
        return otherwise.stream().findFirst();
    }

    private static boolean meet(Set<String> groups, Set<String> named) {
        return groups.stream().anyMatch(named::contains);
    }
}
