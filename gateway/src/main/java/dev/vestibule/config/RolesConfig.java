package dev.vestibule.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
        return judge(groups).role();
    }

    /// What these groups give, and by which line.
    public RoleVerdict judge(Set<String> groups) {
        for (Role role : Role.values()) {
            Set<String> named = new TreeSet<>(line(role));
            named.retainAll(groups);
            if (!named.isEmpty()) {
                return new RoleVerdict.ByGroups(role, named);
            }
        }
        return otherwise.stream()
                .<RoleVerdict>map(RoleVerdict.Otherwise::new)
                .findFirst()
                .orElseGet(RoleVerdict.Refused::new);
    }

    /// The groups whose members get a role.
    public Set<String> line(Role role) {
        return switch (role) {
            case ADMIN -> admin;
            case USER -> user;
            case VIEWER -> viewer;
        };
    }
}
