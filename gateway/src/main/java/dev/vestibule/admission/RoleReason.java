package dev.vestibule.admission;

import dev.vestibule.config.Role;
import dev.vestibule.config.RoleVerdict;

import java.util.Optional;

/// Why somebody has, or has not, a role at a home.
public sealed interface RoleReason {

    /// Empty where they have none.
    Optional<Role> role();

    /// The groups of an identity system decide about them, and have not come yet: until then they
    /// keep what they had.
    record Kept(Role held) implements RoleReason {
        @Override
        public Optional<Role> role() {
            return Optional.of(held);
        }
    }

    /// @param areSent whether the groups are those that an identity system sent, and not those that
    ///   the provider tells
    record ByGroups(boolean areSent, RoleVerdict verdict) implements RoleReason {
        @Override
        public Optional<Role> role() {
            return verdict.role();
        }
    }
}
