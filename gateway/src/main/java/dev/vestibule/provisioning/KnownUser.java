package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;

/// A user of Home Assistant whom the gateway knows to be an account's.
///
/// @param isReady whether the user has the hidden credential; false for one who was there before,
///   until they sign in
public record KnownUser(
        AccountId account, String userId, boolean isReady, Closure closure, Standing standing) {}
