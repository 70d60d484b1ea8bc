package dev.vestibule.liveness;

import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The claims by which questions are asked with the proofs of [LivenessProofs]. Safe to share
/// between threads. Methods that take a `Handle` run inside the caller's transaction.
///
/// A token may be used by one question at a time, and a provider that rotates takes a second use
/// for theft. So a question claims the row first, by one statement; and what came of it counts only
/// while that claim stands, which a new sign-in or a suspension takes away.
public final class ProofClaims {

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final ProofSeal seal;

    public ProofClaims(InstantSource time, Secrets secrets, Database database, Sealer sealer) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.seal = new ProofSeal(sealer);
    }

    /// Gives up the claims of questions that were never finished: the process died, or the database
    /// was away when the answer came. Whether their tokens were used up is not known.
    void releaseAbandoned(String provider) {
        boolean isAny =
                database.read(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT 1 FROM liveness_proof
                                                 WHERE provider_id = :provider
                                                   AND claim IS NOT NULL
                                                 LIMIT 1
                                                """)
                                        .bind("provider", provider)
                                        .mapTo(Integer.class)
                                        .findOne()
                                        .isPresent());
        if (isAny) {
            database.change(
                    tx ->
                            tx.createUpdate(
                                            """
                                            UPDATE liveness_proof
                                               SET claim = NULL, is_doubtful = TRUE
                                             WHERE provider_id = :provider AND claim IS NOT NULL
                                            """)
                                    .bind("provider", provider)
                                    .execute());
        }
    }

    /// Claims the proof that has been due for the longest. While there is none, the one writer of
    /// the database is left alone.
    Optional<ClaimedProof> claimNext(String provider, Duration checkEvery) {
        long before = time.instant().minus(checkEvery).toEpochMilli();
        return isAnyDue(provider, before)
                ? database.inTransaction(tx -> claimNext(tx, provider, before))
                : Optional.empty();
    }

    private boolean isAnyDue(String provider, long before) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT 1 FROM liveness_proof
                                         WHERE provider_id = :provider
                                           AND token_sealed IS NOT NULL
                                           AND claim IS NULL
                                           AND checked_at <= :before
                                         LIMIT 1
                                        """)
                                .bind("provider", provider)
                                .bind("before", before)
                                .mapTo(Integer.class)
                                .findOne()
                                .isPresent());
    }

    private Optional<ClaimedProof> claimNext(Handle tx, String provider, long before) {
        return tx.createQuery(
                        """
                        UPDATE liveness_proof SET claim = :claim
                         WHERE (issuer, subject) IN
                               (SELECT p.issuer, p.subject FROM liveness_proof p
                                 WHERE p.provider_id = :provider
                                   AND p.token_sealed IS NOT NULL
                                   AND p.claim IS NULL
                                   AND p.checked_at <= :before
                                 ORDER BY p.checked_at, p.issuer, p.subject
                                 LIMIT 1)
                        RETURNING issuer, subject, account_id, claim, token_sealed, is_doubtful
                        """)
                .bind("claim", secrets.randomId(time).toString())
                .bind("provider", provider)
                .bind("before", before)
                .map(ClaimedProof::fromRow)
                .findOne();
    }

    /// @throws Sealer.SealBroken where it was sealed with another key or changed
    Secret open(ClaimedProof proof) {
        return seal.open(proof);
    }

    /// Stores the token that is good from now on; the claim stands. Done before anything else is
    /// done with the answer, so that no failure after it loses the token.
    ///
    /// @return false where the claim is gone, and the answer counts for nothing
    boolean store(ClaimedProof proof, Secret token) {
        String sealed = seal.seal(proof.person(), token);
        return database.inTransaction(
                tx ->
                        update(tx, proof, "token_sealed = :token, is_doubtful = FALSE")
                                        .bind("token", sealed)
                                        .execute()
                                == 1);
    }

    /// Gives the claim back: the provider has vouched.
    ///
    /// @param checkedAt from when the next question is counted, here and below
    /// @return false where the claim is gone
    boolean proven(Handle tx, ClaimedProof proof, Instant checkedAt) {
        return update(
                                tx,
                                proof,
                                "claim = NULL, is_alarmed = FALSE, proven_at = :now,"
                                        + " checked_at = :checked")
                        .bind("now", time.instant().toEpochMilli())
                        .bind("checked", checkedAt.toEpochMilli())
                        .execute()
                == 1;
    }

    /// Gives the claim back: nothing was proven.
    ///
    /// @param isDoubtful whether the token may be used up
    void postpone(ClaimedProof proof, boolean isDoubtful, Instant checkedAt) {
        database.change(
                tx ->
                        update(
                                        tx,
                                        proof,
                                        "claim = NULL, is_doubtful = (is_doubtful OR :doubtful),"
                                                + " checked_at = :checked")
                                .bind("doubtful", isDoubtful)
                                .bind("checked", checkedAt.toEpochMilli())
                                .execute());
    }

    /// Gives the claim back without the token: the provider vouches no longer.
    ///
    /// @return false where the claim is gone
    boolean end(Handle tx, ClaimedProof proof) {
        return update(tx, proof, "claim = NULL, token_sealed = NULL").execute() == 1;
    }

    /// Gives the claim back: what the answer demands cannot be done now, and is tried again.
    ///
    /// @return whether that is news
    boolean alarm(Handle tx, ClaimedProof proof, Instant checkedAt) {
        boolean isNews =
                tx.createQuery(
                                """
                                SELECT 1 FROM liveness_proof
                                 WHERE issuer = :issuer AND subject = :subject AND claim = :claim
                                   AND NOT is_alarmed
                                """)
                        .bind("issuer", proof.person().issuer().value())
                        .bind("subject", proof.person().value())
                        .bind("claim", proof.claim())
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent();
        update(tx, proof, "claim = NULL, is_alarmed = TRUE, checked_at = :checked")
                .bind("checked", checkedAt.toEpochMilli())
                .execute();
        return isNews;
    }

    /// Whether the claim stands.
    boolean isClaimed(Handle tx, ClaimedProof proof) {
        return update(tx, proof, "claim = claim").execute() == 1;
    }

    private static Update update(Handle tx, ClaimedProof proof, String assignments) {
        return tx.createUpdate(
                        "UPDATE liveness_proof SET "
                                + assignments
                                + """
                                   WHERE issuer = :issuer AND subject = :subject
                                     AND claim = :claim
                                  """)
                .bind("issuer", proof.person().issuer().value())
                .bind("subject", proof.person().value())
                .bind("claim", proof.claim());
    }
}
