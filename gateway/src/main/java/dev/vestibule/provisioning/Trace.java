package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;

import java.util.Optional;
import java.util.Set;

/// What the gateway has done about an account's user at a home.
///
/// @param userId empty while a user is being made
/// @param hiddenName the user name of the hidden credential, which may be there or not
/// @param isAttached whether the user is older than the account
/// @param groupsBefore the groups of such a user before the gateway first changed them; empty where
///   it never did
public record Trace(
        AccountId account,
        Optional<String> userId,
        String hiddenName,
        boolean isAttached,
        Closure closure,
        Optional<Set<String>> groupsBefore) {

    /// How the user name of every hidden credential begins.
    public static final String HIDDEN_PREFIX = "vst-";
}
