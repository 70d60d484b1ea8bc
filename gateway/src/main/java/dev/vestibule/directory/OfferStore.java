package dev.vestibule.directory;

import dev.vestibule.account.AccountId;
import dev.vestibule.resource.CaseFold;
import dev.vestibule.tenant.TenantId;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Optional;

/// Owns the table `scim_offer`: people whom an administrator gives to a SCIM client. They stay
/// invisible to it until it sends a user of their name. (Attack: some clients delete whoever they
/// find and do not know.) Safe to share between threads.
public final class OfferStore {

    /// Offers an account to a client, in the place of an earlier offer of the account.
    ///
    /// @return false where the client was offered another account under this name
    boolean put(Handle tx, TenantId tenant, String userName, AccountId account, Instant now) {
        withdraw(tx, account);
        return tx.createUpdate(
                                """
                                INSERT INTO scim_offer
                                       (tenant_id, user_name_key, account_id, created_at)
                                VALUES (:tenant, :key, :account, :now)
                                    ON CONFLICT (tenant_id, user_name_key) DO NOTHING
                                """)
                        .bind("tenant", tenant.value())
                        .bind("key", CaseFold.of(userName))
                        .bind("account", account.value())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /// Forgets that an account was offered, which is somebody's now.
    void withdraw(Handle tx, AccountId account) {
        tx.createUpdate("DELETE FROM scim_offer WHERE account_id = :account")
                .bind("account", account.value())
                .execute();
    }

    /// The account that was offered under a name. An offer is taken once.
    Optional<AccountId> take(Handle tx, TenantId tenant, String userName) {
        return tx.createQuery(
                        """
                        DELETE FROM scim_offer
                         WHERE tenant_id = :tenant AND user_name_key = :key
                        RETURNING account_id
                        """)
                .bind("tenant", tenant.value())
                .bind("key", CaseFold.of(userName))
                .mapTo(String.class)
                .map(AccountId::new)
                .findOne();
    }

    /// Whether an account waits for the client that it was offered to.
    boolean isOffered(Handle handle, AccountId account) {
        return handle.createQuery("SELECT 1 FROM scim_offer WHERE account_id = :account")
                .bind("account", account.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// Forgets what was offered to a client that is no more.
    void deleteAllOf(Handle tx, TenantId tenant) {
        tx.createUpdate("DELETE FROM scim_offer WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .execute();
    }
}
