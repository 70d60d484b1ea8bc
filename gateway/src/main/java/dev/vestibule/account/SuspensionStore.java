package dev.vestibule.account;

import org.jdbi.v3.core.Handle;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Owns the table `suspension`: who says of whom that they are suspended, and what that makes of
/// the account. Safe to share between threads; every method runs inside the caller's transaction.
///
/// `account.state` is what everybody looks at, and is changed here alone: suspended while a word
/// stands.
final class SuspensionStore {

    /// Adds a word. An active account is suspended by it, and its epoch raised.
    void say(Handle tx, AccountId id, SuspendedBy by) {
        tx.createUpdate(
                        """
                        INSERT INTO suspension (account_id, said_by)
                        VALUES (:id, :by)
                        ON CONFLICT (account_id, said_by) DO NOTHING
                        """)
                .bind("id", id.value())
                .bind("by", stored(by))
                .execute();
        tx.createUpdate(
                        """
                        UPDATE account SET state = 'suspended', epoch = epoch + 1
                         WHERE id = :id AND state = 'active'
                        """)
                .bind("id", id.value())
                .execute();
    }

    /// Takes a word back, and where it is the operator's, every word. Who was suspended by that
    /// word and by no other is active again, and their epoch raised.
    ///
    /// @return whether that was so
    boolean takeBack(Handle tx, AccountId id, SuspendedBy by) {
        boolean isSaid =
                switch (by) {
                    case PROVIDER, SCIM -> forget(tx, id, by);
                    case OPERATOR -> {
                        forget(tx, id);
                        yield true;
                    }
                };
        return isSaid
                && of(tx, id).isEmpty()
                && tx.createUpdate(
                                        """
                                        UPDATE account SET state = 'active', epoch = epoch + 1
                                         WHERE id = :id AND state = 'suspended'
                                        """)
                                .bind("id", id.value())
                                .execute()
                        == 1;
    }

    private static boolean forget(Handle tx, AccountId id, SuspendedBy by) {
        return tx.createUpdate(
                                """
                                DELETE FROM suspension
                                 WHERE account_id = :id AND said_by = :by
                                """)
                        .bind("id", id.value())
                        .bind("by", stored(by))
                        .execute()
                == 1;
    }

    /// Forgets every word about an account that is active or removed from now on.
    void forget(Handle tx, AccountId id) {
        tx.createUpdate("DELETE FROM suspension WHERE account_id = :id")
                .bind("id", id.value())
                .execute();
    }

    /// Everybody who says that an account is suspended; nobody where it is not.
    Set<SuspendedBy> of(Handle handle, AccountId id) {
        Set<SuspendedBy> words = EnumSet.noneOf(SuspendedBy.class);
        handle.createQuery("SELECT said_by FROM suspension WHERE account_id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .map(text -> SuspendedBy.valueOf(text.toUpperCase(Locale.ROOT)))
                .forEach(words::add);
        return words;
    }

    private static String stored(SuspendedBy by) {
        return by.name().toLowerCase(Locale.ROOT);
    }
}
