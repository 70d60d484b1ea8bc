package dev.vestibule.admission;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;

import java.util.Map;
import java.util.Optional;

/// What would come of somebody's sign-in, at several homes.
///
/// @param account who they would be found to be; empty where the account is not made yet. One that
///   the sign-in itself would have made is known to nobody
public record Foreseen(Optional<AccountId> account, Map<HomeId, Foresight> at) {

    public Foreseen {
        at = Map.copyOf(at);
    }
}
