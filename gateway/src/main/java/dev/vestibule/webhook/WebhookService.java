package dev.vestibule.webhook;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.Webhook;
import dev.vestibule.policy.Webhooks;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;
import dev.vestibule.store.DatabaseUnavailable;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Owns the table `webhook`. Safe to share between threads; every method waits.
///
/// Only hashes of ids are kept: an id is as good as a password.
public final class WebhookService implements Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookService.class);
    private static final String LEARNED = "phone";

    private final InstantSource time;
    private final Database database;

    public WebhookService(InstantSource time, Database database) {
        this.time = time;
        this.database = database;
    }

    /// Learns whose phone a webhook belongs to: it lives and dies with the person's access.
    public void learn(HomeId home, Secret webhookId, AccountId account) {
        Instant now = time.instant();
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        INSERT INTO webhook
                                               (home_id, id_hash, account_id, name,
                                                open_until, created_at)
                                        VALUES (:home, :hash, :account, :name, NULL, :now)
                                        ON CONFLICT (home_id, id_hash)
                                        DO UPDATE SET account_id = :account, open_until = NULL
                                        """)
                                .bind("home", home.value())
                                .bind("hash", TokenHash.of(webhookId).hex())
                                .bind("account", account.value())
                                .bind("name", LEARNED)
                                .bind("now", now.toEpochMilli())
                                .execute());
    }

    /// Takes over the phones' webhooks that are older than the gateway. Until it is known whose
    /// they are they stay open for a while, and close unless [#learn] assigns them.
    ///
    /// @param openUntil the end of the migration window; the past opens nothing
    /// @return how many were new
    public int adopt(HomeId home, List<Webhook> phones, Instant openUntil) {
        Instant now = time.instant();
        int found =
                database.inTransaction(
                        tx ->
                                phones.stream()
                                        .mapToInt(
                                                webhook ->
                                                        insert(tx, home, webhook, openUntil, now))
                                        .sum());
        if (found > 0) {
            LOG.info(
                    "event=webhooks-adopted home={} count={} open-until={}",
                    home,
                    found,
                    openUntil);
        }
        return found;
    }

    private static int insert(
            Handle tx, HomeId home, Webhook webhook, Instant openUntil, Instant now) {
        return tx.createUpdate(
                        """
                        INSERT INTO webhook
                               (home_id, id_hash, account_id, name, open_until, created_at)
                        VALUES (:home, :hash, NULL, :name, :until, :now)
                        ON CONFLICT (home_id, id_hash) DO NOTHING
                        """)
                .bind("home", home.value())
                .bind("hash", TokenHash.of(webhook.id()).hex())
                .bind("name", webhook.name())
                .bind("until", openUntil.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /// The phones of one account belong to another from now on.
    ///
    /// @return how many
    public int moveToAccount(Handle tx, AccountId from, AccountId to) {
        return tx.createUpdate("UPDATE webhook SET account_id = :to WHERE account_id = :from")
                .bind("to", to.value())
                .bind("from", from.value())
                .execute();
    }

    /// Whether this phone's webhook is known and nobody's.
    public boolean isUnassigned(HomeId home, Secret webhookId) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT 1 FROM webhook
                                         WHERE home_id = :home AND id_hash = :hash
                                           AND account_id IS NULL
                                        """)
                                .bind("home", home.value())
                                .bind("hash", TokenHash.of(webhookId).hex())
                                .mapTo(Integer.class)
                                .findOne()
                                .isPresent());
    }

    /// Closes what [#adopt] opened and nobody's phone has claimed.
    public void closeUnassigned(HomeId home) {
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        DELETE FROM webhook
                                         WHERE home_id = :home AND account_id IS NULL
                                        """)
                                .bind("home", home.value())
                                .execute());
    }

    @Override
    public Judgement judge(HomeId home, String webhookId) {
        Instant now = time.instant();
        try {
            Optional<Integer> open =
                    database.read(
                            handle ->
                                    handle.createQuery(
                                                    """
                                                    SELECT 1 FROM webhook w
                                                      LEFT JOIN account a ON a.id = w.account_id
                                                     WHERE w.home_id = :home AND w.id_hash = :hash
                                                       AND ((a.state = 'active'
                                                             AND EXISTS
                                                                 (SELECT 1 FROM role r
                                                                   WHERE r.account_id = a.id
                                                                     AND r.home_id = w.home_id))
                                                            OR (w.account_id IS NULL
                                                                AND w.open_until > :now))
                                                    """)
                                            .bind("home", home.value())
                                            .bind("hash", TokenHash.of(webhookId).hex())
                                            .bind("now", now.toEpochMilli())
                                            .mapTo(Integer.class)
                                            .findOne());
            return open.isPresent() ? Judgement.OPEN : Judgement.REFUSED;
        } catch (DatabaseUnavailable away) {
            return Judgement.UNJUDGEABLE;
        }
    }
}
