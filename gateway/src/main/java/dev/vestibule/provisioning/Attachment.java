package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;

/// Decides whether an account may have an existing Home Assistant user, and notes it. May wait.
@FunctionalInterface
public interface Attachment {

    /// @param by who wants it, for the audit log
    AttachResult attach(AccountId account, HomeId home, String userId, String by);
}
