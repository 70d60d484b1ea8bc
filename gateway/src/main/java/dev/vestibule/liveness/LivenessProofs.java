package dev.vestibule.liveness;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.oidc.LivenessProof;
import dev.vestibule.secret.Sealer;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps what providers gave for asking again, and knows whom nobody vouches for any more. Owns the
/// table `liveness_proof`, one row for each identity with the refresh token of its last sign-in,
/// together with [ProofClaims], by which questions are asked. Safe to share between threads.
/// Methods that take a `Handle` run inside the caller's transaction.
///
/// A proof that has lapsed stays, as a mark against whatever else the person can show, until they
/// sign in at that provider again.
public final class LivenessProofs {

    private final InstantSource time;
    private final Database database;
    private final ProofSeal seal;
    private final Map<String, Issuer> asked;

    /// @param asked the providers that are asked now, by their ids
    public LivenessProofs(
            InstantSource time, Database database, Sealer sealer, Map<String, Issuer> asked) {
        this.time = time;
        this.database = database;
        this.seal = new ProofSeal(sealer);
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
                seal.seal(person, offered.refreshToken()),
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
                                .map(LapsedProof::fromRow)
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
