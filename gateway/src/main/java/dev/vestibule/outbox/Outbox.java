package dev.vestibule.outbox;

import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Sealer.SealBroken;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Owns the table `outbox`. Safe to share between threads.
public final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final String REVOKE_TOKEN = "revoke-token";
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(2);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(10);

    /// Of tokens that belong to no account, so that strangers cannot fill the disk with them.
    static final int STRANGE_MAX = 1_000;

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
        insert(tx, home, accountId, refreshToken, Integer.MAX_VALUE);
    }

    /// Asks for a token to be revoked that somebody showed and nobody here knows.
    ///
    /// @return false where too many of them wait already
    public boolean revokeStrangeToken(Handle tx, HomeId home, Secret refreshToken) {
        return insert(tx, home, null, refreshToken, STRANGE_MAX);
    }

    private boolean insert(
            Handle tx, HomeId home, @Nullable String accountId, Secret refreshToken, int max) {
        String id = secrets.randomId(time).toString();
        return tx.createUpdate(
                                """
                                INSERT INTO outbox
                                       (id, home_id, account_id, kind, payload_sealed,
                                        created_at, attempt_count, next_attempt_at)
                                SELECT :id, :home, :account, :kind, :payload, :now, 0, :now
                                 WHERE (SELECT COUNT(*) FROM outbox
                                         WHERE account_id IS NULL) < :max
                                """)
                        .bind("id", id)
                        .bind("home", home.value())
                        .bind("account", accountId)
                        .bind("kind", REVOKE_TOKEN)
                        .bind("payload", sealer.seal(refreshToken, place(id)))
                        .bind("now", time.instant().toEpochMilli())
                        .bind("max", max)
                        .execute()
                == 1;
    }

    private static Sealer.Place place(String id) {
        return new Sealer.Place("outbox", id, "payload_sealed");
    }

    /// What is due at a home, oldest first. What does not open is put off as if it had failed, so
    /// that it keeps nothing else from being delivered.
    public List<OutboxItem> due(HomeId home, int count) {
        return rows(home, count).stream().flatMap(row -> opened(row).stream()).toList();
    }

    private record Row(String id, HomeId home, int attempts, String sealed) {}

    private Optional<OutboxItem> opened(Row row) {
        try {
            Secret token = sealer.open(row.sealed(), place(row.id()));
            return Optional.of(new OutboxItem(row.id(), row.home(), row.attempts(), token));
        } catch (SealBroken broken) {
            LOG.error(
                    "event=outbox-unreadable home={} id={} reason=\"{}\"",
                    row.home(),
                    row.id(),
                    broken.getMessage());
            putOff(row.id(), row.attempts());
            return Optional.empty();
        }
    }

    private List<Row> rows(HomeId home, int count) {
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
                                                new Row(
                                                        row.getString("id"),
                                                        new HomeId(row.getString("home_id")),
                                                        row.getInt("attempt_count"),
                                                        row.getString("payload_sealed")))
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
        putOff(item.id(), item.attempts());
    }

    private void putOff(String id, int attempts) {
        Instant next = time.instant().plus(pauseAfter(attempts));
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
                                .bind("id", id)
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
