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
    private static final String PHONES = "mobile_app";

    private final InstantSource time;
    private final Database database;

    public WebhookService(InstantSource time, Database database) {
        this.time = time;
        this.database = database;
    }

    /// Learns a webhook that a person's phone has just registered through the gateway.
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
                                .bind("name", PHONES)
                                .bind("now", now.toEpochMilli())
                                .execute());
    }

    /// Takes over the phones' webhooks that are older than the gateway. Whose they are, Home
    /// Assistant does not say, so they stay open for a while and close unless somebody's phone
    /// registers again.
    ///
    /// @param openUntil the end of the migration window; the past opens nothing
    /// @return how many were new
    public int adopt(HomeId home, List<Webhook> webhooks, Instant openUntil) {
        Instant now = time.instant();
        int found =
                database.inTransaction(
                        tx ->
                                webhooks.stream()
                                        .filter(webhook -> webhook.domain().equals(PHONES))
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
                                                       AND (a.state = 'active'
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
