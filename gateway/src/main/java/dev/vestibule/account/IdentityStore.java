package dev.vestibule.account;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Owns the table `identity`: who signs in at which provider as which account. Safe to share
/// between threads; every method runs inside the caller's transaction.
public final class IdentityStore {

    private final InstantSource time;

    public IdentityStore(InstantSource time) {
        this.time = time;
    }

    /// Whoever signs in as the subject is the account from now on. The subject is nobody's yet.
    public void link(Handle tx, Subject subject, AccountId account) {
        tx.createUpdate(
                        """
                        INSERT INTO identity (issuer, subject, account_id, created_at, last_seen_at)
                        VALUES (:issuer, :subject, :account, :now, :now)
                        """)
                .bind("issuer", subject.issuer().value())
                .bind("subject", subject.value())
                .bind("account", account.value())
                .bind("now", time.instant().toEpochMilli())
                .execute();
    }

    void noteSignIn(Handle tx, Subject subject) {
        tx.createUpdate(
                        """
                        UPDATE identity SET last_seen_at = :now
                         WHERE issuer = :issuer AND subject = :subject
                        """)
                .bind("now", time.instant().toEpochMilli())
                .bind("issuer", subject.issuer().value())
                .bind("subject", subject.value())
                .execute();
    }

    /// Notes what the provider's directory calls a subject, as the provider itself said it at a
    /// sign-in.
    public void noteDirectoryKey(Handle tx, Subject subject, String key) {
        tx.createUpdate(
                        """
                        UPDATE identity SET directory_key = :key
                         WHERE issuer = :issuer AND subject = :subject
                        """)
                .bind("key", key)
                .bind("issuer", subject.issuer().value())
                .bind("subject", subject.value())
                .execute();
    }

    /// Notes what a directory calls somebody from now on who signed in before.
    public void renameDirectoryKey(Handle tx, AccountId account, Issuer issuer, String key) {
        tx.createUpdate(
                        """
                        UPDATE identity SET directory_key = :key
                         WHERE account_id = :account AND issuer = :issuer
                        """)
                .bind("key", key)
                .bind("account", account.value())
                .bind("issuer", issuer.value())
                .execute();
    }

    /// When somebody signed in last as this account at a provider; empty where nobody did.
    public Optional<Instant> lastSeenAt(Handle handle, AccountId account, Issuer issuer) {
        return handle.createQuery(
                        """
                        SELECT last_seen_at FROM identity
                         WHERE account_id = :account AND issuer = :issuer
                         ORDER BY last_seen_at DESC
                         LIMIT 1
                        """)
                .bind("account", account.value())
                .bind("issuer", issuer.value())
                .mapTo(Long.class)
                .map(Instant::ofEpochMilli)
                .findOne();
    }

    /// The accounts whose people the provider called so at their last sign-in.
    public List<AccountId> calledByDirectory(Handle handle, Issuer issuer, String key) {
        return handle.createQuery(
                        """
                        SELECT DISTINCT account_id FROM identity
                         WHERE issuer = :issuer AND directory_key = :key
                        """)
                .bind("issuer", issuer.value())
                .bind("key", key)
                .mapTo(String.class)
                .map(AccountId::new)
                .list();
    }

    /// The identities of an account, the oldest first.
    public List<LinkedIdentity> of(Handle handle, AccountId account) {
        return handle.createQuery(
                        """
                        SELECT issuer, created_at, last_seen_at FROM identity
                         WHERE account_id = :account
                         ORDER BY created_at, issuer, subject
                        """)
                .bind("account", account.value())
                .map(
                        (row, _) ->
                                new LinkedIdentity(
                                        new Issuer(row.getString("issuer")),
                                        Instant.ofEpochMilli(row.getLong("created_at")),
                                        Instant.ofEpochMilli(row.getLong("last_seen_at"))))
                .list();
    }

    /// As whom somebody signs in at a provider, the oldest first.
    public List<Subject> at(Handle handle, AccountId account, Issuer issuer) {
        return handle.createQuery(
                        """
                        SELECT subject FROM identity
                         WHERE account_id = :account AND issuer = :issuer
                         ORDER BY created_at, subject
                        """)
                .bind("account", account.value())
                .bind("issuer", issuer.value())
                .mapTo(String.class)
                .map(subject -> new Subject(issuer, subject))
                .list();
    }

    /// Whether anybody signs in at a provider as this account.
    public boolean hasAny(Handle handle, AccountId account) {
        return isFound(handle, account, "");
    }

    /// Whether anybody signs in at this provider as this account.
    public boolean hasAnyAt(Handle handle, AccountId account, Issuer issuer) {
        return isFound(handle, account, issuer.value());
    }

    private static boolean isFound(Handle handle, AccountId account, String issuer) {
        return handle.createQuery(
                        """
                        SELECT 1 FROM identity
                         WHERE account_id = :account AND (:issuer = '' OR issuer = :issuer)
                         LIMIT 1
                        """)
                .bind("account", account.value())
                .bind("issuer", issuer)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// The account that somebody signs in as.
    public Optional<AccountId> accountOf(Handle handle, Subject subject) {
        return handle.createQuery(
                        """
                        SELECT account_id FROM identity
                         WHERE issuer = :issuer AND subject = :subject
                        """)
                .bind("issuer", subject.issuer().value())
                .bind("subject", subject.value())
                .mapTo(String.class)
                .map(AccountId::new)
                .findOne();
    }
}
