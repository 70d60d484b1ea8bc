package dev.vestibule.emergency;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Owns the table `break_glass_code`: at most one code for each home. Safe to share between
/// threads.
final class BreakGlassStore {

    static final Duration LIFETIME = Duration.ofMinutes(15);
    static final int TRIES = 5;

    private final InstantSource time;
    private final Database database;
    private final AuditLog audit;

    BreakGlassStore(InstantSource time, Database database, AuditLog audit) {
        this.time = time;
        this.database = database;
        this.audit = audit;
    }

    /// What came of a try.
    enum TryResult {
        /// It was the code, which is used up.
        RIGHT,
        /// It was not, and the code is still good.
        WRONG,
        /// It was not, and it was the last try: the code is no more.
        WRONG_AND_OVER,
        /// No code waits that may be used from there.
        NONE
    }

    /// Keeps a code, in place of the one before.
    ///
    /// @param isAnywhere whether it may be used from outside the home's networks
    /// @return until when it is good
    Instant put(HomeId home, TokenHash code, boolean isAnywhere) {
        Instant until = time.instant().plus(LIFETIME);
        database.change(
                tx -> {
                    tx.createUpdate(
                                    """
                                    INSERT INTO break_glass_code
                                           (home_id, code_hash, is_anywhere, tries_left,
                                            expires_at)
                                    VALUES (:home, :code, :anywhere, :tries, :until)
                                    ON CONFLICT (home_id) DO UPDATE
                                       SET code_hash = excluded.code_hash,
                                           is_anywhere = excluded.is_anywhere,
                                           tries_left = excluded.tries_left,
                                           expires_at = excluded.expires_at
                                    """)
                            .bind("home", home.value())
                            .bind("code", code.hex())
                            .bind("anywhere", isAnywhere)
                            .bind("tries", TRIES)
                            .bind("until", until.toEpochMilli())
                            .execute();
                    audit.append(
                            tx,
                            new AuditEvent.BreakGlassCodeMade(home.value(), isAnywhere),
                            "console");
                });
        return until;
    }

    /// Whether a code waits that may be used from outside the home's networks.
    boolean isOpenAnywhere(HomeId home) {
        long now = time.instant().toEpochMilli();
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT 1 FROM break_glass_code
                                         WHERE home_id = :home AND is_anywhere = :anywhere
                                           AND expires_at > :now
                                        """)
                                .bind("home", home.value())
                                .bind("anywhere", true)
                                .bind("now", now)
                                .mapTo(Integer.class)
                                .findOne()
                                .isPresent());
    }

    /// Tries a code. A try is taken before it is looked at, by one statement, so that however many
    /// come at once no more than [#TRIES] are looked at. What it came to is in the audit log before
    /// anybody comes in.
    ///
    /// @param from where it was tried, for the audit log
    TryResult attempt(HomeId home, TokenHash typed, String from) {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx -> {
                    Optional<Taken> taken = take(tx, home, now);
                    TryResult result = taken.map(one -> compare(one, typed)).orElse(TryResult.NONE);
                    switch (result) {
                        case RIGHT, WRONG_AND_OVER -> delete(tx, home);
                        case WRONG, NONE -> {}
                    }
                    note(tx, home, result, from);
                    return result;
                });
    }

    private record Taken(String hash, int left) {}

    private static Optional<Taken> take(Handle tx, HomeId home, long now) {
        return tx.createQuery(
                        """
                        UPDATE break_glass_code SET tries_left = tries_left - 1
                         WHERE home_id = :home AND tries_left > 0 AND expires_at > :now
                        RETURNING code_hash, tries_left
                        """)
                .bind("home", home.value())
                .bind("now", now)
                .map((row, _) -> new Taken(row.getString("code_hash"), row.getInt("tries_left")))
                .findOne();
    }

    private static TryResult compare(Taken taken, TokenHash typed) {
        boolean isRight =
                MessageDigest.isEqual(
                        taken.hash().getBytes(StandardCharsets.US_ASCII),
                        typed.hex().getBytes(StandardCharsets.US_ASCII));
        if (isRight) {
            return TryResult.RIGHT;
        }
        return taken.left() > 0 ? TryResult.WRONG : TryResult.WRONG_AND_OVER;
    }

    private static void delete(Handle tx, HomeId home) {
        tx.createUpdate("DELETE FROM break_glass_code WHERE home_id = :home")
                .bind("home", home.value())
                .execute();
    }

    private void note(Handle tx, HomeId home, TryResult result, String from) {
        switch (result) {
            case RIGHT -> audit.append(tx, new AuditEvent.BreakGlassUsed(home.value()), from);
            case WRONG, WRONG_AND_OVER ->
                    audit.append(
                            tx,
                            new AuditEvent.BreakGlassRefused(
                                    home.value(), result == TryResult.WRONG_AND_OVER),
                            from);
            case NONE -> {}
        }
    }

    int sweep() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createUpdate("DELETE FROM break_glass_code WHERE expires_at <= :now")
                                .bind("now", now)
                                .execute());
    }
}
