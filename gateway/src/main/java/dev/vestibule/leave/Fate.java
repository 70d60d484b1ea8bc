package dev.vestibule.leave;

import java.util.Set;

/// What becomes of a Home Assistant user when the gateway leaves.
public sealed interface Fate {

    /// Made here, and without any password that somebody knows: gets a login.
    ///
    /// @param username as it will be, unless somebody there has it already
    record GetsLogin(String username) implements Fate {}

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
    }

    /// Shut out, and stays deactivated: leaving lets nobody in again.
    record StaysOff() implements Fate {}

    /// Shut out by the gateway alone, because Home Assistant deactivates no owner, nor the
    /// gateway's own user: can come in again by a password of their own.
    record ComesBack() implements Fate {}

    /// The emergency administrator, or a user who was never finished: is deleted.
    record IsDeleted() implements Fate {}

    /// Somebody deleted the user in Home Assistant's own pages.
    record IsGone() implements Fate {}
}
