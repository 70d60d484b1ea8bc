package dev.vestibule.directory;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Owns the tables `scim_deletion`, whom a client has deleted, and `scim_tombstone`, the same by
/// what their provider calls them, so that they do not come in as somebody new although they never
/// signed in before. Safe to share between threads.
public final class Tombstones {

    /// Notes that an account was deleted, whatever their provider calls them.
    void mark(Handle tx, AccountId account) {
        tx.createUpdate(
                        """
                        INSERT INTO scim_deletion (account_id) VALUES (:account)
                            ON CONFLICT (account_id) DO NOTHING
                        """)
                .bind("account", account.value())
                .execute();
    }

    /// Whether a client has deleted an account that is no other's since.
    boolean isMarked(Handle handle, AccountId account) {
        return handle.createQuery("SELECT 1 FROM scim_deletion WHERE account_id = :account")
                .bind("account", account.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// Keeps in mind by which name somebody was deleted, in the place of whoever had it before.
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
        for (String table : List.of("scim_tombstone", "scim_deletion")) {
            tx.createUpdate("DELETE FROM <table> WHERE account_id = :account")
                    .define("table", table)
                    .bind("account", account.value())
                    .execute();
        }
    }
}
