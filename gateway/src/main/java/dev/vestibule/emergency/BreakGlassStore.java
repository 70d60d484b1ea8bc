package dev.vestibule.emergency;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.Reach;
import dev.vestibule.store.Database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Owns the table `break_glass_code`: at most one code for each home. Safe to share between
/// threads.
///
/// Nobody's tries count against a code (attack: somebody types five wrong ones whenever the
/// operator has made one, and emergency access is off for everybody). 160 random bits are not
/// guessed.
final class BreakGlassStore {

    static final Duration LIFETIME = Duration.ofMinutes(15);

    private final InstantSource time;
    private final Database database;
    private final AuditLog audit;

    BreakGlassStore(InstantSource time, Database database, AuditLog audit) {
        this.time = time;
        this.database = database;
        this.audit = audit;
    }

    /// What came of a try.
    sealed interface TryResult {

        /// It was the code, which is used up.
        ///
        /// @param reach from where it was good
        record Right(Reach reach) implements TryResult {}

        /// It was the code, which opens nothing from there, and is still good.
        record NotFromThere() implements TryResult {}

        /// It opens nothing.
        record Wrong() implements TryResult {}
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
                                           (home_id, code_hash, is_anywhere, expires_at)
                                    VALUES (:home, :code, :anywhere, :until)
                                    ON CONFLICT (home_id) DO UPDATE
                                       SET code_hash = excluded.code_hash,
                                           is_anywhere = excluded.is_anywhere,
                                           expires_at = excluded.expires_at
                                    """)
                            .bind("home", home.value())
                            .bind("code", code.hex())
                            .bind("anywhere", isAnywhere)
                            .bind("until", until.toEpochMilli())
                            .execute();
                    audit.append(
                            tx,
                            new AuditEvent.BreakGlassCodeMade(home.value(), isAnywhere),
                            "console");
                });
        return until;
    }

    /// Tries a code. That it was used is in the audit log before anybody comes in.
    ///
    /// @param isNear whether whoever tries is where every code may be used
    /// @param from where it was tried, for the audit log
    TryResult attempt(HomeId home, TokenHash typed, boolean isNear, String from) {
        // Attack: a flood of made-up codes keeps the one writer busy.
        Optional<Boolean> isAnywhere = isAnywhere(home, typed);
        if (isAnywhere.isEmpty()) {
            return new TryResult.Wrong();
        }
        if (!isNear && !isAnywhere.get()) {
            return new TryResult.NotFromThere();
        }
        return consume(home, typed, from)
                .<TryResult>map(TryResult.Right::new)
                .orElseGet(TryResult.Wrong::new);
    }

    /// @return empty where it is not the code, or not any more
    private Optional<Boolean> isAnywhere(HomeId home, TokenHash typed) {
        long now = time.instant().toEpochMilli();
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT is_anywhere FROM break_glass_code
                                         WHERE home_id = :home AND code_hash = :code
                                           AND expires_at > :now
                                        """)
                                .bind("home", home.value())
                                .bind("code", typed.hex())
                                .bind("now", now)
                                .mapTo(Boolean.class)
                                .findOne());
    }

    /// @return from where the code was good; empty where somebody else had it first
    private Optional<Reach> consume(HomeId home, TokenHash typed, String from) {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx -> {
                    Optional<Reach> mine =
                            tx.createQuery(
                                            """
                                            DELETE FROM break_glass_code
                                             WHERE home_id = :home AND code_hash = :code
                                               AND expires_at > :now
                                            RETURNING is_anywhere
                                            """)
                                    .bind("home", home.value())
                                    .bind("code", typed.hex())
                                    .bind("now", now)
                                    .mapTo(Boolean.class)
                                    .findOne()
                                    .map(isAnywhere -> isAnywhere ? Reach.ANYWHERE : Reach.HOME);
                    if (mine.isPresent()) {
                        audit.append(tx, new AuditEvent.BreakGlassUsed(home.value()), from);
                    }
                    return mine;
                });
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
