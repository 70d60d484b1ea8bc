package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;

import java.util.Optional;

/// As [Attachment], on the word of the person themselves, who proves the user's login.
public interface PersonsAttachment extends Attachment {

    /// Why the account could not have the user, whatever the person proves; empty where it could.
    Optional<AttachResult> refusal(AccountId account, HomeId home, String userId);
}
