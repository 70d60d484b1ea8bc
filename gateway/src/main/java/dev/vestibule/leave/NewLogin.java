package dev.vestibule.leave;

import dev.vestibule.account.AccountId;
import dev.vestibule.secret.Secret;

/// A login of their own that somebody gets at Home Assistant.
///
/// @param isGiven whether the user was seen to have it
record NewLogin(AccountId account, String username, Secret password, boolean isGiven) {}
