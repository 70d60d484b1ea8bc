package dev.vestibule.grant;

import dev.vestibule.account.AccountId;

/// On whose behalf a grant acts.
public sealed interface GrantOwner {

    /// @param epoch the account's epoch when the grant was made; in another epoch the grant is void
    record Person(AccountId account, long epoch) implements GrantOwner {}

    /// A system user of Home Assistant.
    record Service() implements GrantOwner {}
}
