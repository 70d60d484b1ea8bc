package dev.vestibule.passkey;

import dev.vestibule.account.AccountId;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Owns the tables `passkey` and `passkey_user`. Safe to share between threads. Methods that take a
/// `Handle` run inside the caller's transaction.
final class CredentialStore {

    /// More than anybody has devices; what is lost is to be removed.
    static final int PER_ACCOUNT_MAX = 20;

    private static final String SELECT =
            """
            SELECT p.id, p.account_id, u.user_handle, p.rp_id, p.name, p.credential_id,
                   p.public_key, p.sign_count, p.is_backup_eligible, p.is_backed_up,
                   p.transports, p.created_at, p.last_used_at
              FROM passkey p
              JOIN passkey_user u ON u.account_id = p.account_id
            """;

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;

    CredentialStore(InstantSource time, Secrets secrets, Database database) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
    }

    /// The name by which authenticators know an account, made where it has none.
    UserHandle userHandleOf(AccountId account) {
        return database.inTransaction(
                tx -> {
                    tx.createUpdate(
                                    """
                                    INSERT INTO passkey_user (account_id, user_handle)
                                    VALUES (:account, :handle)
                                    ON CONFLICT (account_id) DO NOTHING
                                    """)
                            .bind("account", account.value())
                            .bind("handle", secrets.randomToken().reveal())
                            .execute();
                    return tx.createQuery(
                                    """
                                    SELECT user_handle FROM passkey_user
                                     WHERE account_id = :account
                                    """)
                            .bind("account", account.value())
                            .mapTo(String.class)
                            .map(UserHandle::new)
                            .one();
                });
    }

    /// Keeps a new passkey.
    Verified<CredentialRecord> add(
            Handle tx,
            AccountId account,
            RpId rpId,
            String name,
            CredentialKey key,
            List<String> transports) {
        if (find(tx, key.id()).isPresent()) {
            return new Verified.Refused<>(Refusal.KNOWN_CREDENTIAL);
        }
        int inserted =
                tx.createUpdate(
                                """
                                INSERT INTO passkey
                                       (id, credential_id, account_id, rp_id, name, public_key,
                                        sign_count, is_backup_eligible, is_backed_up, transports,
                                        created_at, last_used_at)
                                SELECT :id, :credential, :account, :rpId, :name, :key,
                                       :count, :eligible, :backedUp, :transports,
                                       :now, :now
                                 WHERE (SELECT COUNT(*) FROM passkey
                                         WHERE account_id = :account) < :max
                                """)
                        .bind("id", secrets.randomId(time).toString())
                        .bind("credential", key.id().value())
                        .bind("account", account.value())
                        .bind("rpId", rpId.value())
                        .bind("name", name)
                        .bind("key", key.publicKey())
                        .bind("count", key.signCount())
                        .bind("eligible", key.isBackupEligible())
                        .bind("backedUp", key.isBackedUp())
                        .bind("transports", String.join(" ", transports))
                        .bind("now", time.instant().toEpochMilli())
                        .bind("max", PER_ACCOUNT_MAX)
                        .execute();
        return inserted == 1
                ? new Verified.Accepted<>(find(tx, key.id()).orElseThrow())
                : new Verified.Refused<>(Refusal.TOO_MANY);
    }

    Optional<CredentialRecord> find(CredentialId id) {
        return database.read(handle -> find(handle, id));
    }

    private static Optional<CredentialRecord> find(Handle handle, CredentialId id) {
        return handle.createQuery(SELECT + " WHERE p.credential_id = :id")
                .bind("id", id.value())
                .map(CredentialStore::fromRow)
                .findOne();
    }

    /// The passkeys of an account, the oldest first.
    List<CredentialRecord> allOf(AccountId account) {
        return database.read(
                handle ->
                        handle.createQuery(SELECT + " WHERE p.account_id = :account ORDER BY p.id")
                                .bind("account", account.value())
                                .map(CredentialStore::fromRow)
                                .list());
    }

    /// Notes a use. Of two answers with one count, the second is one too many, however close they
    /// are.
    ///
    /// @param key as it is after the use
    /// @return false where the passkey is gone, or has signed that often already
    boolean use(Handle tx, CredentialKey key) {
        return tx.createUpdate(
                                """
                                UPDATE passkey
                                   SET sign_count = :count, is_backed_up = :backedUp,
                                       last_used_at = :now
                                 WHERE credential_id = :credential
                                   AND (sign_count < :count OR (sign_count = 0 AND :count = 0))
                                """)
                        .bind("count", key.signCount())
                        .bind("backedUp", key.isBackedUp())
                        .bind("now", time.instant().toEpochMilli())
                        .bind("credential", key.id().value())
                        .execute()
                == 1;
    }

    static boolean isThere(Handle handle, PasskeyId id) {
        return handle.createQuery("SELECT 1 FROM passkey WHERE id = :id")
                .bind("id", id.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// @return false where the person has no such passkey
    boolean rename(Handle tx, AccountId account, PasskeyId id, String name) {
        return tx.createUpdate(
                                """
                                UPDATE passkey SET name = :name
                                 WHERE id = :id AND account_id = :account
                                """)
                        .bind("name", name)
                        .bind("id", id.value())
                        .bind("account", account.value())
                        .execute()
                == 1;
    }

    /// @return the name that it had; empty where the person has no such passkey
    Optional<String> remove(Handle tx, AccountId account, PasskeyId id) {
        NewPasskeys.forget(tx, account, id);
        return tx.createQuery(
                        """
                        DELETE FROM passkey
                         WHERE id = :id AND account_id = :account
                        RETURNING name
                        """)
                .bind("id", id.value())
                .bind("account", account.value())
                .mapTo(String.class)
                .findOne();
    }

    /// Forgets everything of an account that is removed for good.
    static int countOf(Handle handle, AccountId account) {
        return handle.createQuery("SELECT COUNT(*) FROM passkey WHERE account_id = :account")
                .bind("account", account.value())
                .mapTo(Integer.class)
                .one();
    }

    static void forgetAllOf(Handle tx, AccountId account) {
        NewPasskeys.forgetAllOf(tx, account);
        for (String table : List.of("passkey", "passkey_user")) {
            tx.createUpdate("DELETE FROM <table> WHERE account_id = :account")
                    .define("table", table)
                    .bind("account", account.value())
                    .execute();
        }
    }

    private static CredentialRecord fromRow(ResultSet row, StatementContext context)
            throws SQLException {
        return new CredentialRecord(
                new PasskeyId(row.getString("id")),
                new AccountId(row.getString("account_id")),
                new UserHandle(row.getString("user_handle")),
                new RpId(row.getString("rp_id")),
                row.getString("name"),
                new CredentialKey(
                        new CredentialId(row.getString("credential_id")),
                        row.getString("public_key"),
                        row.getLong("sign_count"),
                        row.getBoolean("is_backup_eligible"),
                        row.getBoolean("is_backed_up")),
                transports(row.getString("transports")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("last_used_at")));
    }

    private static List<String> transports(String stored) {
        return stored.isEmpty() ? List.of() : List.of(stored.split(" ", -1));
    }
}
