package dev.vestibule.outbox;

import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Owns the table `outbox`. Safe to share between threads.
public final class Outbox {

    private static final String REVOKE_TOKEN = "revoke-token";
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(2);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(10);

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final Sealer sealer;

    public Outbox(InstantSource time, Secrets secrets, Database database, Sealer sealer) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.sealer = sealer;
    }

    /// Asks for Home Assistant's refresh token to be revoked, as part of the caller's transaction.
    ///
    /// @param accountId null for a token that belongs to no account
    public void revokeToken(
            Handle tx, HomeId home, @Nullable String accountId, Secret refreshToken) {
        String id = secrets.randomId(time).toString();
        long now = time.instant().toEpochMilli();
        tx.createUpdate(
                        """
                        INSERT INTO outbox
                               (id, home_id, account_id, kind, payload_sealed,
                                created_at, attempt_count, next_attempt_at)
                        VALUES (:id, :home, :account, :kind, :payload, :now, 0, :now)
                        """)
                .bind("id", id)
                .bind("home", home.value())
                .bind("account", accountId)
                .bind("kind", REVOKE_TOKEN)
                .bind("payload", sealer.seal(refreshToken, place(id)))
                .bind("now", now)
                .execute();
    }

    private static Sealer.Place place(String id) {
        return new Sealer.Place("outbox", id, "payload_sealed");
    }

    /// What is due at a home, oldest first.
    public List<OutboxItem> due(HomeId home, int count) {
        long now = time.instant().toEpochMilli();
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT id, home_id, attempt_count, payload_sealed
                                          FROM outbox
                                         WHERE home_id = :home AND next_attempt_at <= :now
                                         ORDER BY id
                                         LIMIT :count
                                        """)
                                .bind("home", home.value())
                                .bind("now", now)
                                .bind("count", count)
                                .map(
                                        (row, _) ->
                                                new OutboxItem(
                                                        row.getString("id"),
                                                        new HomeId(row.getString("home_id")),
                                                        row.getInt("attempt_count"),
                                                        sealer.open(
                                                                row.getString("payload_sealed"),
                                                                place(row.getString("id")))))
                                .list());
    }

    /// Home Assistant has agreed.
    public void done(OutboxItem item) {
        database.change(
                tx ->
                        tx.createUpdate("DELETE FROM outbox WHERE id = :id")
                                .bind("id", item.id())
                                .execute());
    }

    /// It did not work; try again after a pause that doubles up to ten minutes.
    public void failed(OutboxItem item) {
        Instant next = time.instant().plus(pauseAfter(item.attempts()));
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        UPDATE outbox
                                           SET attempt_count = attempt_count + 1,
                                               next_attempt_at = :next
                                         WHERE id = :id
                                        """)
                                .bind("next", next.toEpochMilli())
                                .bind("id", item.id())
                                .execute());
    }

    private static Duration pauseAfter(int attempts) {
        Duration pause = PAUSE_FIRST.multipliedBy(1L << Math.min(attempts, 20));
        return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
    }

    /// How much Home Assistant has still to be told.
    public int count() {
        return database.read(
                handle ->
                        handle.createQuery("SELECT COUNT(*) FROM outbox")
                                .mapTo(Integer.class)
                                .one());
    }
}
