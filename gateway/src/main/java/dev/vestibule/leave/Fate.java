package dev.vestibule.leave;

import dev.vestibule.homeassistant.HomeAssistantGroup;

import java.util.Optional;
import java.util.Set;

/// What becomes of a Home Assistant user when the gateway leaves.
public sealed interface Fate {

    /// Nobody knows a password of the user's: gets a login.
    ///
    /// @param username as it will be, unless somebody there has it already
    /// @param groups of one who was there before the gateway, where they are put back
    record GetsLogin(String username, Optional<GetsGroupsBack> groups) implements Fate {}

    /// Made here, and has a login of their own already.
    record HasLogin() implements Fate {}

    /// There before the gateway: loses the hidden credential, and nothing else.
    record WasBefore() implements Fate {}

    /// As [WasBefore]; the groups that the gateway changed are put back.
    record GetsGroupsBack(Set<String> from, Set<String> to) implements Fate {
        public GetsGroupsBack {
            from = Set.copyOf(from);
            to = Set.copyOf(to);
        }

        boolean isAdministrator() {
            return to.contains(HomeAssistantGroup.ADMIN.id());
        }

        /// Whether the user was an administrator before the gateway, and is none now.
        public boolean raises() {
            return isAdministrator() && !from.contains(HomeAssistantGroup.ADMIN.id());
        }

        /// Whether the gateway made an administrator of somebody who was none.
        boolean lowers() {
            return !isAdministrator() && from.contains(HomeAssistantGroup.ADMIN.id());
        }
    }

    /// Shut out, and stays deactivated: leaving lets nobody in again.
    ///
    /// @param groups of one who was there before the gateway, and whom it made an administrator.
    ///   Whom it made less gets nothing back
    record StaysOff(Optional<GetsGroupsBack> groups) implements Fate {}

    /// As [StaysOff], but they may come in: they were let in again, or got a user of somebody who
    /// was shut out, and have not signed in since, which is what opens the user.
    record IsNotBack(Optional<GetsGroupsBack> groups) implements Fate {}

    /// Shut out by the gateway alone, because Home Assistant deactivates no owner, nor the
    /// gateway's own user: can come in again by a password of their own.
    ///
    /// @param isNotBack whether that is so only until the next sign-in, as with [IsNotBack]
    record ComesBack(boolean isNotBack) implements Fate {}

    /// The emergency administrator, or a user who was never finished: is deleted.
    record IsDeleted() implements Fate {}

    /// Somebody deleted the user in Home Assistant's own pages.
    record IsGone() implements Fate {}
}
