package dev.vestibule.local;

import dev.vestibule.account.AccountId;

/// What somebody proves their login for.
sealed interface LoginPurpose {

    /// To come in as its user.
    record SignIn() implements LoginPurpose {}

    /// To keep its user, as somebody who is signed in already.
    ///
    /// @param epoch the account's, at which the proof began
    record Link(AccountId account, long epoch) implements LoginPurpose {}
}
