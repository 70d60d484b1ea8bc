package dev.vestibule.webhook;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.connection.Connections;
import dev.vestibule.connection.Crowd;
import dev.vestibule.connection.Cut;
import dev.vestibule.homeassistant.Webhook;
import dev.vestibule.policy.Webhooks;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;
import dev.vestibule.store.DatabaseUnavailable;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Owns the table `webhook`, and what is under way to webhooks. Safe to share between threads;
/// every method waits but [#callers] and [#cutCallers].
///
/// Only hashes of ids are kept: an id is as good as a password.
public final class WebhookService implements Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookService.class);
    private static final String LEARNED = "phone";

    /// Finds a webhook whose person may come in, or that nobody's is yet. That of a wall tablet or
    /// an emergency administrator, which was registered around the gateway, is never found: it
    /// would work in every network, and later.
    private static final String JUDGE =
            """
            SELECT w.is_closed, COALESCE(r.is_held, :open) AS is_held FROM webhook w
              LEFT JOIN account a ON a.id = w.account_id
              LEFT JOIN role r ON r.account_id = w.account_id AND r.home_id = w.home_id
             WHERE w.home_id = :home AND w.id_hash = :hash
               AND ((a.state = 'active' AND r.account_id IS NOT NULL
                     AND a.origin NOT IN ('kiosk', 'break_glass')
                     AND NOT EXISTS (SELECT 1 FROM home_user u
                                      WHERE u.account_id = a.id AND u.home_id = w.home_id
                                        AND (u.is_closed = :closed OR u.standing <> 'present')))
                    OR (w.account_id IS NULL AND w.open_until > :now))
            """;

    private final InstantSource time;
    private final Database database;
    private final Crowd callers = new Crowd();

    public WebhookService(InstantSource time, Database database) {
        this.time = time;
        this.database = database;
    }

    /// Learns whose phone a webhook belongs to: it lives and dies with the person's access. One
    /// that is learned while that has ended is closed from the start. Whoever calls one that was
    /// known before is cut, since it may be open no longer: those of a wall tablet never are.
    public void learn(HomeId home, Secret webhookId, AccountId account) {
        Instant now = time.instant();
        TokenHash hash = TokenHash.of(webhookId);
        database.inTransaction(
                tx -> {
                    boolean isKnown = isKnown(tx, home, hash);
                    learn(tx, home, hash, account, now);
                    return isKnown;
                },
                this::cutCallersIf);
    }

    private static boolean isKnown(Handle tx, HomeId home, TokenHash hash) {
        return tx.createQuery("SELECT 1 FROM webhook WHERE home_id = :home AND id_hash = :hash")
                .bind("home", home.value())
                .bind("hash", hash.hex())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static void learn(
            Handle tx, HomeId home, TokenHash hash, AccountId account, Instant now) {
        tx.createUpdate(
                        """
                        INSERT INTO webhook
                               (home_id, id_hash, account_id, name,
                                open_until, is_closed, created_at)
                        VALUES (:home, :hash, :account, :name, NULL,
                                EXISTS (SELECT 1 FROM account a
                                         WHERE a.id = :account AND a.state <> 'active')
                                OR EXISTS (SELECT 1 FROM home_user u
                                            WHERE u.account_id = :account AND u.home_id = :home
                                              AND (u.is_closed = :closed
                                                   OR u.standing <> 'present')),
                                :now)
                        ON CONFLICT (home_id, id_hash)
                        DO UPDATE SET account_id = :account, open_until = NULL,
                                      is_closed = webhook.is_closed OR excluded.is_closed
                        """)
                .bind("closed", true)
                .bind("home", home.value())
                .bind("hash", hash.hex())
                .bind("account", account.value())
                .bind("name", LEARNED)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /// Cuts the requests that are under way to phones' webhooks, by whichever of them: each is over
    /// in a moment, and whoever's webhook is still open asks again. Called when a change holds by
    /// which any closes, or is held (attack: a request that is begun before its person is shut out,
    /// and whose body comes after).
    public void cutCallers(Cut reason) {
        callers.cut(reason);
    }

    private void cutCallersIf(boolean mayHaveClosed) {
        if (mayHaveClosed) {
            cutCallers(Cut.ENDED);
        }
    }

    @Override
    public Connections callers(HomeId home, String webhookId) {
        return callers.present(new Share(home, TokenHash.of(webhookId)));
    }

    /// What one webhook has under way.
    private record Share(HomeId home, TokenHash webhook) {}

    /// Closes the webhooks of an account's phones for good, inside the caller's transaction, who
    /// calls [#cutCallers] after the commit: an id is as good as a password, and who had it then
    /// may have it still. A phone whose person may come in again gets another by registering again.
    public void closeAllOf(Handle tx, AccountId account) {
        closeAllOf(tx, account, "1 = 1", Map.of());
    }

    /// As [#closeAllOf(Handle, AccountId)], at one home.
    public void closeAllOf(Handle tx, AccountId account, HomeId home) {
        closeAllOf(tx, account, "home_id = :home", Map.of("home", home.value()));
    }

    private static void closeAllOf(
            Handle tx, AccountId account, String condition, Map<String, String> values) {
        tx.createUpdate(
                        "UPDATE webhook SET is_closed = :closed WHERE account_id = :account AND "
                                + condition)
                .bind("closed", true)
                .bind("account", account.value())
                .bindMap(values)
                .execute();
    }

    /// Closes one webhook for good, as [#closeAllOf(Handle, AccountId)] does, and as there the
    /// callers are cut after the commit.
    ///
    /// @param key as a [WebhookLine] has it
    /// @return what it was; empty where there is none that is not closed
    Optional<WebhookLine> close(Handle tx, HomeId home, String key) {
        return tx.createQuery(
                        """
                        UPDATE webhook SET is_closed = :closed
                         WHERE home_id = :home AND id_hash = :key AND is_closed = :open
                        RETURNING home_id, id_hash, account_id, name, open_until, is_closed,
                                  created_at
                        """)
                .bind("closed", true)
                .bind("open", false)
                .bind("home", home.value())
                .bind("key", key)
                .map((row, _) -> WebhookSearch.line(row))
                .findOne();
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
                               (home_id, id_hash, account_id, name,
                                open_until, is_closed, created_at)
                        VALUES (:home, :hash, NULL, :name,
                                :until, :closed, :now)
                        ON CONFLICT (home_id, id_hash) DO NOTHING
                        """)
                .bind("closed", false)
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

    /// Whether it is known whose phone this webhook is.
    public boolean isAssigned(HomeId home, Secret webhookId) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT 1 FROM webhook
                                         WHERE home_id = :home AND id_hash = :hash
                                           AND account_id IS NOT NULL
                                        """)
                                .bind("home", home.value())
                                .bind("hash", TokenHash.of(webhookId).hex())
                                .mapTo(Integer.class)
                                .findOne()
                                .isPresent());
    }

    /// Closes what [#adopt] opened and nobody's phone has claimed.
    public void closeUnassigned(HomeId home) {
        database.inTransaction(
                tx ->
                        tx.createUpdate(
                                        """
                                        DELETE FROM webhook
                                         WHERE home_id = :home AND account_id IS NULL
                                        """)
                                .bind("home", home.value())
                                .execute(),
                closed -> cutCallersIf(closed > 0));
    }

    @Override
    public Judgement judge(HomeId home, String webhookId) {
        Instant now = time.instant();
        try {
            return database.read(
                    handle ->
                            handle.createQuery(JUDGE)
                                    .bind("home", home.value())
                                    .bind("hash", TokenHash.of(webhookId).hex())
                                    .bind("now", now.toEpochMilli())
                                    .bind("closed", true)
                                    .bind("open", false)
                                    .map((row, _) -> judgement(row))
                                    .findOne()
                                    .orElse(Judgement.REFUSED));
        } catch (DatabaseUnavailable away) {
            return Judgement.UNJUDGEABLE;
        }
    }

    /// Home Assistant lets a phone do what its person may, and it does not know yet of one who may
    /// less than before.
    private static Judgement judgement(ResultSet row) throws SQLException {
        if (row.getBoolean("is_closed")) {
            return Judgement.GONE;
        }
        return row.getBoolean("is_held") ? Judgement.UNJUDGEABLE : Judgement.OPEN;
    }
}
