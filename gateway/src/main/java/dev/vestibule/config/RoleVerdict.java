package dev.vestibule.config;

import java.util.Optional;
import java.util.Set;

/// What some groups give at a home, and by which line of its [roles][RolesConfig].
public sealed interface RoleVerdict {

    /// Empty where the person is refused.
    Optional<Role> role();

    /// @param groups those that stand in the role's line; at least one
    record ByGroups(Role given, Set<String> groups) implements RoleVerdict {
        public ByGroups {
            groups = Set.copyOf(groups);
        }

        @Override
        public Optional<Role> role() {
            return Optional.of(given);
        }
    }

    /// No line names any of the groups; `otherwise` gives the role.
    record Otherwise(Role given) implements RoleVerdict {
        @Override
        public Optional<Role> role() {
            return Optional.of(given);
        }
    }

    /// No line names any of the groups, and `otherwise` refuses.
    record Refused() implements RoleVerdict {
        @Override
        public Optional<Role> role() {
            return Optional.empty();
        }
    }
}
