package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;

/// What became of attaching an existing Home Assistant user to an account.
public sealed interface AttachResult {

    record Attached() implements AttachResult {}

    record UserNotFound() implements AttachResult {}

    /// A user that an integration made signs nobody in.
    record SystemGenerated() implements AttachResult {}

    /// The account has another user at this home.
    record AccountHasUser() implements AttachResult {}

    /// The user belongs to this account already, or to another.
    record UserTaken(AccountId by) implements AttachResult {}
}
