package dev.vestibule.revocation;

import dev.vestibule.account.Entitlement;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.KnownUser;
import dev.vestibule.provisioning.RoleGroup;
import dev.vestibule.provisioning.Standing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// How a Home Assistant holds a person's user otherwise than the gateway left it: somebody changed
/// it in Home Assistant's own pages, or an older backup was restored.
sealed interface Drift {

    /// The user was deactivated.
    record SwitchedOff() implements Drift {}

    /// The user was deleted.
    record Deleted() implements Drift {}

    /// The user is there again, and active.
    record Back() implements Drift {}

    /// The user of somebody who was shut out is active.
    record LivesOn() implements Drift {}

    /// The user is in other groups than the one of the role.
    ///
    /// @param there the role that those groups amount to
    record OtherGroups(Role there, Role role) implements Drift {}

    /// The role of somebody who is known from Home Assistant only is another one there.
    record OtherRole(Role role) implements Drift {}

    /// Compares what is known of one person.
    ///
    /// @param isSuspect whether an active user is news; one who is always active, as the owner is,
    ///   is suspected only where Home Assistant may have been restored from a backup
    static List<Drift> of(
            KnownUser known,
            Entitlement entitlement,
            Optional<HomeAssistantUser> there,
            Predicate<HomeAssistantUser> isSuspect) {
        if (known.closure() != Closure.OPEN) {
            return closed(known, entitlement, there.filter(HomeAssistantUser::isActive), isSuspect);
        }
        if (there.isEmpty()) {
            return List.of(new Deleted());
        }
        HomeAssistantUser user = there.get();
        if (!user.isActive()) {
            return List.of(new SwitchedOff());
        }
        List<Drift> found = new ArrayList<>();
        if (known.standing() != Standing.PRESENT) {
            found.add(new Back());
        }
        if (entitlement instanceof Entitlement.As(var role, var isProvidersWord)) {
            groups(known, user, role, isProvidersWord).ifPresent(found::add);
        }
        return found;
    }

    /// Who may be here and is closed still is on their way in: their next sign-in decides. Whom
    /// somebody had switched off there waits until they are seen to be active while they may be
    /// here: at any other time they are shut out again, and stay switched off.
    ///
    /// @param active the user, where they are active
    private static List<Drift> closed(
            KnownUser known,
            Entitlement entitlement,
            Optional<HomeAssistantUser> active,
            Predicate<HomeAssistantUser> isSuspect) {
        return switch (entitlement) {
            case Entitlement.None() ->
                    active.filter(isSuspect).isPresent() ? List.of(new LivesOn()) : List.of();
            case Entitlement.As _ ->
                    active.isPresent() && known.standing() != Standing.PRESENT
                            ? List.of(new Back())
                            : List.of();
        };
    }

    private static Optional<Drift> groups(
            KnownUser known, HomeAssistantUser user, Role role, boolean isProvidersWord) {
        if (user.isOwner() || user.systemGenerated()) {
            return Optional.empty();
        }
        Role there = RoleGroup.roleOf(user);
        if (isProvidersWord) {
            return known.isReady() && !user.isExactlyIn(RoleGroup.of(role))
                    ? Optional.of(new OtherGroups(there, role))
                    : Optional.empty();
        }
        return there == role ? Optional.empty() : Optional.of(new OtherRole(there));
    }
}
