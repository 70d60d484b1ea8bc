package dev.vestibule.liveness;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.breaker.Breaker;
import dev.vestibule.breaker.Source;
import dev.vestibule.breaker.Verdict;

import org.jdbi.v3.core.Handle;

import java.util.HashSet;
import java.util.Set;

/// Whether somebody may be shut out on their provider's word, or whether these are too many at
/// once: a provider whose directory is lost says the same of everybody. Safe to share between
/// threads; every method runs inside the transaction that would shut them out.
public final class ProviderDepartures {

    private final Breaker breaker;
    private final AccountStore accounts;
    private final LivenessProofs proofs;

    public ProviderDepartures(Breaker breaker, AccountStore accounts, LivenessProofs proofs) {
        this.breaker = breaker;
        this.accounts = accounts;
        this.proofs = proofs;
    }

    /// Whether there is anything that a person could lose.
    boolean hasAccess(Handle tx, AccountId person) {
        return !accounts.withAccess(tx, Set.of(person)).isEmpty();
    }

    /// Asks about a person who had access before the transaction. Where they may not leave, nothing
    /// must come of it.
    boolean mayLeave(Handle tx, String providerId, AccountId person) {
        Set<AccountId> people =
                new HashSet<>(accounts.withAccess(tx, proofs.peopleOf(tx, providerId)));
        people.add(person);
        Verdict verdict =
                breaker.check(tx, new Source.Provider(providerId), Set.of(person), people.size());
        return switch (verdict) {
            case Verdict.Go() -> true;
            case Verdict.Held _ -> false;
        };
    }
}
