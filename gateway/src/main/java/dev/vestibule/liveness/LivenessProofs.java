package dev.vestibule.liveness;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.oidc.LivenessProof;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Owns the table `liveness_proof`: one row for each identity, with the refresh token of its last
/// sign-in. Safe to share between threads. Methods that take a `Handle` run inside the caller's
/// transaction.
///
/// A token may be used by one question at a time, and a provider that rotates takes a second use
/// for theft. So a question claims the row first, by one statement; and what came of it counts only
/// while that claim stands, which a new sign-in or a suspension takes away.
///
/// A proof that has lapsed stays, as a mark against whatever else the person can show, until they
/// sign in at that provider again.
public final class LivenessProofs {

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final Sealer sealer;
    private final Map<String, Issuer> asked;

    /// @param asked the providers that are asked now, by their ids
    public LivenessProofs(
            InstantSource time,
            Secrets secrets,
            Database database,
            Sealer sealer,
            Map<String, Issuer> asked) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.sealer = sealer;
        this.asked = Map.copyOf(asked);
    }

    /// Notes that a provider has vouched for a person just now, and keeps what it gave for asking
    /// again. Where it gave nothing, an older token stays: it is still good.
    ///
    /// A token that ends with the person's session there does not take the place of one that lasts.
    /// Attack: whoever is about to be dismissed signs in once more, breaks off before the lasting
    /// token of that sign-in is fetched, and signs out there: nobody could be asked about them.
    public void keep(Handle tx, Subject person, AccountId account, LivenessProof proof) {
        switch (proof) {
            case LivenessProof.Offered offered -> {
                if (offered.isLasting() || !renewLasting(tx, person, account, offered)) {
                    replace(tx, person, account, offered);
                }
            }
            case LivenessProof.Missing(var provider) -> {
                if (!renew(tx, person)) {
                    replace(tx, person, account, provider, null, false);
                }
            }
            case LivenessProof.NotOffered() -> {
                var _ = renew(tx, person);
            }
        }
    }

    private boolean renew(Handle tx, Subject person) {
        return tx.createUpdate(
                                """
                                UPDATE liveness_proof
                                   SET proven_at = :now, is_lapsed = FALSE
                                 WHERE issuer = :issuer AND subject = :subject
                                """)
                        .bind("now", time.instant().toEpochMilli())
                        .bind("issuer", person.issuer().value())
                        .bind("subject", person.value())
                        .execute()
                == 1;
    }

    /// @return false where there is no lasting token for this client of the provider, or it is
    ///   another account's
    private boolean renewLasting(
            Handle tx, Subject person, AccountId account, LivenessProof.Offered offered) {
        boolean isKept =
                tx.createQuery(
                                """
                                SELECT 1 FROM liveness_proof
                                 WHERE issuer = :issuer AND subject = :subject
                                   AND account_id = :account AND provider_id = :provider
                                   AND token_sealed IS NOT NULL AND is_lasting
                                """)
                        .bind("issuer", person.issuer().value())
                        .bind("subject", person.value())
                        .bind("account", account.value())
                        .bind("provider", offered.providerId())
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent();
        return isKept && renew(tx, person);
    }

    private void replace(
            Handle tx, Subject person, AccountId account, LivenessProof.Offered offered) {
        replace(
                tx,
                person,
                account,
                offered.providerId(),
                sealed(person, offered.refreshToken()),
                offered.isLasting());
    }

    private void replace(
            Handle tx,
            Subject person,
            AccountId account,
            String provider,
            @Nullable String token,
            boolean isLasting) {
        tx.createUpdate(
                        """
                        INSERT INTO liveness_proof
                               (issuer, subject, account_id, provider_id, token_sealed,
                                is_lasting, claim, is_doubtful, is_alarmed, is_lapsed, proven_at,
                                checked_at)
                        VALUES (:issuer, :subject, :account, :provider, :token,
                                :lasting, NULL, FALSE, FALSE, FALSE, :now,
                                :now)
                            ON CONFLICT (issuer, subject) DO UPDATE
                           SET account_id = :account, provider_id = :provider,
                               token_sealed = :token, is_lasting = :lasting, claim = NULL,
                               is_doubtful = FALSE, is_alarmed = FALSE, is_lapsed = FALSE,
                               proven_at = :now, checked_at = :now
                        """)
                .bind("issuer", person.issuer().value())
                .bind("subject", person.value())
                .bind("account", account.value())
                .bind("provider", provider)
                .bind("token", token)
                .bind("lasting", isLasting)
                .bind("now", time.instant().toEpochMilli())
                .execute();
    }

    private String sealed(Subject person, Secret token) {
        return sealer.seal(token, place(person));
    }

    private static Sealer.Place place(Subject person) {
        return new Sealer.Place(
                "liveness_proof", person.issuer().value() + " " + person.value(), "token_sealed");
    }

    /// Forgets every proof of a person whose access ends. A question that is under way finds its
    /// claim gone.
    public void forgetAllOf(Handle tx, AccountId account) {
        tx.createUpdate("DELETE FROM liveness_proof WHERE account_id = :account")
                .bind("account", account.value())
                .execute();
    }

    /// When a provider vouched last, for each account that one can be asked about or could be.
    public Map<AccountId, Instant> lastProven() {
        return database.read(
                handle -> {
                    Map<AccountId, Instant> proven = new LinkedHashMap<>();
                    handle.createQuery(
                                    """
                                    SELECT account_id, MAX(proven_at) AS proven_at
                                      FROM liveness_proof
                                     GROUP BY account_id
                                    """)
                            .map(
                                    (row, _) ->
                                            Map.entry(
                                                    new AccountId(row.getString("account_id")),
                                                    Instant.ofEpochMilli(row.getLong("proven_at"))))
                            .forEach(entry -> proven.put(entry.getKey(), entry.getValue()));
                    return proven;
                });
    }

    /// Whether somebody vouched for this person once and nobody does any more. Of several providers
    /// one is enough that still does, or that can still be asked; one that cannot be asked at all
    /// counts for nothing, such as one that is no longer in the configuration.
    ///
    /// That a provider is away lapses nobody: only its own word does, or that it gave nothing to
    /// ask with.
    public boolean isLapsed(Handle handle, AccountId account) {
        return handle
                .createQuery(
                        """
                                SELECT provider_id, is_lapsed FROM liveness_proof
                                 WHERE account_id = :account
                                """)
                .bind("account", account.value())
                .map(
                        (row, _) ->
                                new Vote(row.getString("provider_id"), row.getBoolean("is_lapsed")))
                .list()
                .stream()
                .filter(vote -> vote.isLapsed() || asked.containsKey(vote.provider()))
                .map(Vote::isLapsed)
                .reduce(Boolean::logicalAnd)
                .orElse(false);
    }

    private record Vote(String provider, boolean isLapsed) {}

    /// Has a provider asked by its new id about those who came by its old one. Its people would be
    /// asked about by nobody otherwise until they signed in again.
    public void followNewIds() {
        asked.forEach(this::follow);
    }

    private void follow(String provider, Issuer issuer) {
        List<String> others =
                database.read(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT DISTINCT provider_id FROM liveness_proof
                                                 WHERE issuer = :issuer
                                                """)
                                        .bind("issuer", issuer.value())
                                        .mapTo(String.class)
                                        .filter(id -> !asked.containsKey(id))
                                        .list());
        for (String old : others) {
            database.change(
                    tx ->
                            tx.createUpdate(
                                            """
                                            UPDATE liveness_proof SET provider_id = :provider
                                             WHERE issuer = :issuer AND provider_id = :old
                                            """)
                                    .bind("provider", provider)
                                    .bind("issuer", issuer.value())
                                    .bind("old", old)
                                    .execute());
        }
    }

    /// Everybody whom a provider has vouched for, and is or was asked about, but for those who have
    /// lost by it what they had.
    Set<AccountId> peopleOf(Handle tx, String provider) {
        return new LinkedHashSet<>(
                tx.createQuery(
                                """
                                SELECT DISTINCT account_id FROM liveness_proof
                                 WHERE provider_id = :provider AND NOT is_lapsed
                                """)
                        .bind("provider", provider)
                        .map((row, _) -> new AccountId(row.getString("account_id")))
                        .list());
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
                .map(LivenessProofs::claimed)
                .findOne();
    }

    private static ClaimedProof claimed(ResultSet row, StatementContext context)
            throws SQLException {
        return new ClaimedProof(
                subject(row),
                new AccountId(row.getString("account_id")),
                row.getString("claim"),
                row.getString("token_sealed"),
                row.getBoolean("is_doubtful"));
    }

    private static Subject subject(ResultSet row) throws SQLException {
        return new Subject(new Issuer(row.getString("issuer")), row.getString("subject"));
    }

    /// @throws Sealer.SealBroken where it was sealed with another key or changed
    Secret open(ClaimedProof proof) {
        return sealer.open(proof.tokenSealed(), place(proof.person()));
    }

    /// Stores the token that is good from now on; the claim stands. Done before anything else is
    /// done with the answer, so that no failure after it loses the token.
    ///
    /// @return false where the claim is gone, and the answer counts for nothing
    boolean store(ClaimedProof proof, Secret token) {
        String sealed = sealed(proof.person(), token);
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

    /// Whom the provider vouches for no longer, and did so last before a time.
    List<LapsedProof> lapsed(String provider, Duration maxAge) {
        long before = time.instant().minus(maxAge).toEpochMilli();
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT issuer, subject, account_id FROM liveness_proof
                                         WHERE provider_id = :provider
                                           AND token_sealed IS NULL
                                           AND proven_at <= :before
                                           AND NOT is_lapsed
                                        """)
                                .bind("provider", provider)
                                .bind("before", before)
                                .map(
                                        (row, _) ->
                                                new LapsedProof(
                                                        subject(row),
                                                        new AccountId(row.getString("account_id"))))
                                .list());
    }

    /// Marks a proof as lapsed.
    ///
    /// @return false where the person signed in again meanwhile
    boolean lapse(Handle tx, LapsedProof lapsed, Duration maxAge) {
        return tx.createUpdate(
                                """
                                UPDATE liveness_proof SET is_lapsed = TRUE
                                 WHERE issuer = :issuer AND subject = :subject
                                   AND token_sealed IS NULL
                                   AND proven_at <= :before
                                   AND NOT is_lapsed
                                """)
                        .bind("issuer", lapsed.person().issuer().value())
                        .bind("subject", lapsed.person().value())
                        .bind("before", time.instant().minus(maxAge).toEpochMilli())
                        .execute()
                == 1;
    }
}
