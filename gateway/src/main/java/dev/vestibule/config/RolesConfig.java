package dev.vestibule.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which groups of the identity provider give which role at a home. The highest role wins, and it
/// is decided anew at every sign-in.
///
/// @param admin groups whose members administer Home Assistant. Default: none. Example:
///   `[house-admins]`
/// @param user groups whose members use the house. Default: none. Example: `[family, friends]`
/// @param viewer groups whose members only look. Default: none. Example: `[guests]`
/// @param otherwise the role of everybody else whom a provider lets in: `admin`, `user`, `viewer`,
///   or `refuse`. Default: `refuse`. Example: `user`
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
