package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.HomeId;

import java.util.Optional;

/// Decides whether an account may have an existing Home Assistant user, and notes it. May wait.
public interface Attachment {

    /// @param by who wants it, for the audit log
    AttachResult attach(AccountId account, HomeId home, String userId, Actor by);

    /// Why the account could not have the user as things stand; empty where it could. Changes
    /// nothing.
    Optional<AttachResult> refusal(AccountId account, HomeId home, String userId);
}
