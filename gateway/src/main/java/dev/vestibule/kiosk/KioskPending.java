package dev.vestibule.kiosk;

import dev.vestibule.config.HomeId;
import dev.vestibule.kiosk.Kiosks.Kiosk;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.ShortCode;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Browser;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Owns the tables `kiosk_challenge` and `kiosk_request`: what tablets have been asked to sign, and
/// keys that wait for an administrator. Safe to share between threads.
public final class KioskPending {

    static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int COUNT_MAX = 1_000;

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;

    public KioskPending(InstantSource time, Secrets secrets, Database database) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
    }

    /// A key that waits.
    ///
    /// @param address where the tablet was
    /// @param device what its browser calls itself
    record Waiting(
            HomeId home,
            String kiosk,
            String publicKey,
            String address,
            String device,
            Instant createdAt) {}

    /// A new challenge for a browser; empty where too many are open.
    Optional<Secret> challenge(HomeId home, Browser browser) {
        long now = time.instant().toEpochMilli();
        Secret challenge = secrets.randomToken();
        int inserted =
                database.inTransaction(
                        tx ->
                                tx.createUpdate(
                                                """
                                                INSERT INTO kiosk_challenge
                                                       (challenge_hash, browser_hash,
                                                        home_id, expires_at)
                                                SELECT :challenge, :browser, :home, :expires
                                                 WHERE (SELECT COUNT(*) FROM kiosk_challenge
                                                         WHERE expires_at > :now) < :max
                                                """)
                                        .bind("challenge", TokenHash.of(challenge).hex())
                                        .bind("browser", browser.hash().hex())
                                        .bind("home", home.value())
                                        .bind("expires", now + LIFETIME.toMillis())
                                        .bind("now", now)
                                        .bind("max", COUNT_MAX)
                                        .execute());
        return inserted == 1 ? Optional.of(challenge) : Optional.empty();
    }

    /// Takes a challenge out: once, in time, for the browser that it was given to.
    boolean consume(Secret challenge, HomeId home, Browser browser) {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                        tx ->
                                tx.createQuery(
                                                """
                                                DELETE FROM kiosk_challenge
                                                 WHERE challenge_hash = :challenge
                                                   AND browser_hash = :browser
                                                   AND home_id = :home AND expires_at > :now
                                                RETURNING challenge_hash
                                                """)
                                        .bind("challenge", TokenHash.of(challenge).hex())
                                        .bind("browser", browser.hash().hex())
                                        .bind("home", home.value())
                                        .bind("now", now)
                                        .mapTo(String.class)
                                        .findOne())
                .isPresent();
    }

    /// Notes a key that waits, in place of an earlier wait of the same key; empty where too many
    /// wait.
    ///
    /// @return the code for the tablet to show
    Optional<ShortCode> await(Kiosk kiosk, TabletKey key, String address, String device) {
        long now = time.instant().toEpochMilli();
        ShortCode code = ShortCode.random(secrets);
        int inserted =
                database.inTransaction(
                        tx -> {
                            forget(tx, kiosk, key);
                            return tx.createUpdate(
                                            """
                                            INSERT INTO kiosk_request
                                                   (code_hash, home_id, kiosk, public_key,
                                                    address, device, created_at, expires_at)
                                            SELECT :code, :home, :kiosk, :key,
                                                   :address, :device, :now, :expires
                                             WHERE (SELECT COUNT(*) FROM kiosk_request
                                                     WHERE expires_at > :now) < :max
                                            """)
                                    .bind("code", TokenHash.of(code.value()).hex())
                                    .bind("home", kiosk.home().value())
                                    .bind("kiosk", kiosk.config().name())
                                    .bind("key", key.encoded())
                                    .bind("address", address)
                                    .bind("device", device)
                                    .bind("now", now)
                                    .bind("expires", now + LIFETIME.toMillis())
                                    .bind("max", COUNT_MAX)
                                    .execute();
                        });
        return inserted == 1 ? Optional.of(code) : Optional.empty();
    }

    private static void forget(Handle tx, Kiosk kiosk, TabletKey key) {
        tx.createUpdate(
                        """
                        DELETE FROM kiosk_request
                         WHERE home_id = :home AND kiosk = :kiosk AND public_key = :key
                        """)
                .bind("home", kiosk.home().value())
                .bind("kiosk", kiosk.config().name())
                .bind("key", key.encoded())
                .execute();
    }

    /// Which key waits under a code.
    Optional<Waiting> find(HomeId home, ShortCode code) {
        long now = time.instant().toEpochMilli();
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT home_id, kiosk, public_key, address, device,
                                               created_at
                                          FROM kiosk_request
                                         WHERE code_hash = :code AND home_id = :home
                                           AND expires_at > :now
                                        """)
                                .bind("code", TokenHash.of(code.value()).hex())
                                .bind("home", home.value())
                                .bind("now", now)
                                .map(KioskPending::waiting)
                                .findOne());
    }

    /// Takes it out, once.
    Optional<Waiting> consume(Handle tx, HomeId home, ShortCode code) {
        long now = time.instant().toEpochMilli();
        return tx.createQuery(
                        """
                        DELETE FROM kiosk_request
                         WHERE code_hash = :code AND home_id = :home AND expires_at > :now
                        RETURNING home_id, kiosk, public_key, address, device, created_at
                        """)
                .bind("code", TokenHash.of(code.value()).hex())
                .bind("home", home.value())
                .bind("now", now)
                .map(KioskPending::waiting)
                .findOne();
    }

    private static Waiting waiting(ResultSet row, StatementContext context) throws SQLException {
        return new Waiting(
                new HomeId(row.getString("home_id")),
                row.getString("kiosk"),
                row.getString("public_key"),
                row.getString("address"),
                row.getString("device"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    /// Removes what ran out.
    public int sweep() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createUpdate("DELETE FROM kiosk_challenge WHERE expires_at <= :now")
                                        .bind("now", now)
                                        .execute()
                                + tx.createUpdate(
                                                "DELETE FROM kiosk_request"
                                                        + " WHERE expires_at <= :now")
                                        .bind("now", now)
                                        .execute());
    }
}
