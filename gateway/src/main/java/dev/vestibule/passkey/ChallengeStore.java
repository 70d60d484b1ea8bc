package dev.vestibule.passkey;

import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Owns the table `passkey_challenge`. Safe to share between threads.
final class ChallengeStore {

    static final Duration LIFETIME = Duration.ofMinutes(5);

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final int countMax;

    /// @param countMax rows that there may be at once, over all homes
    ChallengeStore(InstantSource time, Secrets secrets, Database database, int countMax) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.countMax = countMax;
    }

    /// A new challenge; empty where too many are open.
    Optional<Challenge> issue(HomeId home, ChallengeHolder holder) {
        long now = time.instant().toEpochMilli();
        Challenge challenge = new Challenge(secrets.randomToken());
        int inserted =
                database.inTransaction(
                        tx ->
                                tx.createUpdate(
                                                """
                                                INSERT INTO passkey_challenge
                                                       (challenge_hash, purpose, holder_hash,
                                                        home_id, expires_at)
                                                SELECT :challenge, :purpose, :holder,
                                                       :home, :expires
                                                 WHERE (SELECT COUNT(*) FROM passkey_challenge
                                                         WHERE expires_at > :now) < :max
                                                """)
                                        .bind("challenge", challenge.hash().hex())
                                        .bind("purpose", holder.purpose().stored())
                                        .bind("holder", holder.hash().hex())
                                        .bind("home", home.value())
                                        .bind("expires", now + LIFETIME.toMillis())
                                        .bind("now", now)
                                        .bind("max", countMax)
                                        .execute());
        return inserted == 1 ? Optional.of(challenge) : Optional.empty();
    }

    /// Takes a challenge out: once, in time, for the browser that it was given to, and for what it
    /// was given for.
    boolean consume(Challenge challenge, HomeId home, ChallengeHolder holder) {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                        tx ->
                                tx.createQuery(
                                                """
                                                DELETE FROM passkey_challenge
                                                 WHERE challenge_hash = :challenge
                                                   AND purpose = :purpose
                                                   AND holder_hash = :holder
                                                   AND home_id = :home
                                                   AND expires_at > :now
                                                RETURNING challenge_hash
                                                """)
                                        .bind("challenge", challenge.hash().hex())
                                        .bind("purpose", holder.purpose().stored())
                                        .bind("holder", holder.hash().hex())
                                        .bind("home", home.value())
                                        .bind("now", now)
                                        .mapTo(String.class)
                                        .findOne())
                .isPresent();
    }

    int sweep() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createUpdate("DELETE FROM passkey_challenge WHERE expires_at <= :now")
                                .bind("now", now)
                                .execute());
    }
}
