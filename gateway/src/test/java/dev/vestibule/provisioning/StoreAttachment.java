package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.HomeId;
import dev.vestibule.store.Database;

import java.util.Optional;

/// Attaches by the store alone: in these tests nothing has to be taken over with a user.
public record StoreAttachment(Database database, HomeUserStore store) implements Attachment {

    @Override
    public AttachResult attach(AccountId account, HomeId home, String userId, Actor by) {
        return database.inTransaction(
                tx -> store.attach(tx, account, home, userId, by, Inheritance.NOTHING));
    }

    @Override
    public Optional<AttachResult> refusal(AccountId account, HomeId home, String userId) {
        return Optional.empty();
    }
}
