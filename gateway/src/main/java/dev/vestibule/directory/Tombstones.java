package dev.vestibule.directory;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Optional;

/// Owns the table `scim_tombstone`: whom a client has deleted, by what their provider calls them,
/// so that they do not come in as somebody new although they never signed in before. Safe to share
/// between threads.
public final class Tombstones {

    /// Marks somebody as deleted, in the place of an earlier mark.
    void put(Handle tx, Issuer issuer, String key, AccountId account, Instant now) {
        tx.createUpdate(
                        """
                        INSERT INTO scim_tombstone (issuer, directory_key, account_id, created_at)
                        VALUES (:issuer, :key, :account, :now)
                            ON CONFLICT (issuer, directory_key)
                            DO UPDATE SET account_id = :account, created_at = :now
                        """)
                .bind("issuer", issuer.value())
                .bind("key", key)
                .bind("account", account.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    Optional<AccountId> find(Handle handle, Issuer issuer, String key) {
        return handle.createQuery(
                        """
                        SELECT account_id FROM scim_tombstone
                         WHERE issuer = :issuer AND directory_key = :key
                        """)
                .bind("issuer", issuer.value())
                .bind("key", key)
                .mapTo(String.class)
                .map(AccountId::new)
                .findOne();
    }

    /// Forgets an account that is removed, or decided about again.
    void forget(Handle tx, AccountId account) {
        tx.createUpdate("DELETE FROM scim_tombstone WHERE account_id = :account")
                .bind("account", account.value())
                .execute();
    }
}
