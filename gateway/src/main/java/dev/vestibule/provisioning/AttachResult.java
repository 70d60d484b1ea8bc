package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;

/// What became of attaching an existing Home Assistant user to an account.
public sealed interface AttachResult {

    /// The account has the user.
    ///
    /// @param grants how many came along from the account that had been made for the user
    /// @param webhooks how many phones came along
    /// @param madeUser the user of our own making that the account had until now; empty text where
    ///   it had none
    record Attached(int grants, int webhooks, String madeUser) implements AttachResult {
        static final Attached SIMPLY = new Attached(0, 0, "");
    }

    record UserNotFound() implements AttachResult {}

    /// A user that an integration made signs nobody in.
    record SystemGenerated() implements AttachResult {}

    /// The account is no more, or is suspended.
    record AccountNotActive() implements AttachResult {}

    /// The account is a wall tablet's or the emergency administrator's: nobody's to keep a user.
    record AccountNotAPersons() implements AttachResult {}

    /// The account has another existing user at this home.
    record AccountHasUser() implements AttachResult {}

    /// There is something to take over, and the account has no role at this home that it could be
    /// used with.
    record AccountHasNoRole() implements AttachResult {}

    /// The user belongs to this account already, or to another one that is somebody of their own.
    record UserTaken(AccountId by) implements AttachResult {}

    /// The account that was made for the user is suspended, or the one that had the user was
    /// removed; what was shut out does not come back by a link.
    record UserSuspended(AccountId by) implements AttachResult {}
}
