package dev.vestibule.admission;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.Role;
import dev.vestibule.liveness.LivenessProofs;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Ended;

import org.jdbi.v3.core.Handle;

import java.util.Optional;

/// Judges people who proved themselves to the gateway alone. Nobody else says anything about them
/// at that moment, so that they keep the role they have, or get the one that the configuration
/// names. Every method runs inside the caller's transaction.
final class OwnPeople {

    private final AccountStore accounts;
    private final AccountLifecycle lifecycle;
    private final LivenessProofs proofs;
    private final RefusedPeople refused;

    OwnPeople(AdmissionFacts facts, RefusedPeople refused) {
        this.accounts = facts.accounts();
        this.lifecycle = facts.lifecycle();
        this.proofs = facts.proofs();
        this.refused = refused;
    }

    /// Attack G8: somebody whom their provider vouches for no longer comes in by what they were
    /// given while it did.
    Judgement judge(Handle tx, ProvenIdentity.Enrolled identity, Attempt attempt) {
        Optional<Account> found = accounts.find(tx, identity.account()).filter(Account::isHere);
        if (found.isEmpty()) {
            return refused.unknown(tx, attempt);
        }
        Account account = found.get();
        Optional<Judgement> shutOut = shutOut(tx, account, attempt);
        if (shutOut.isPresent()) {
            return shutOut.get();
        }
        if (proofs.isLapsed(tx, account.id())) {
            return refused.lapsed(tx, account.username(), attempt);
        }
        return accounts.roleOf(tx, account.id(), attempt.home())
                .<Judgement>map(role -> new Judgement.Welcome(account, role, Ended.NONE))
                .orElseGet(() -> refused.noRole(tx, account.username(), attempt));
    }

    /// An operator's word holds for appointed accounts too.
    Judgement judge(Handle tx, ProvenIdentity.Appointed identity, Attempt attempt) {
        Optional<Judgement> shutOut =
                accounts.find(tx, identity.subject())
                        .flatMap(account -> shutOut(tx, account, attempt));
        if (shutOut.isPresent()) {
            return shutOut.get();
        }
        Account account =
                accounts.admit(tx, identity.subject(), identity.profile(), identity.origin());
        Ended less = give(tx, account.id(), identity.role(), attempt);
        return new Judgement.Welcome(account, identity.role(), less);
    }

    private Ended give(Handle tx, AccountId account, Role role, Attempt attempt) {
        return lifecycle.changeRole(
                tx,
                account,
                attempt.home(),
                role,
                attempt.cause(account.value(), EndReason.ROLE_OF_CONFIGURATION));
    }

    private Optional<Judgement> shutOut(Handle tx, Account account, Attempt attempt) {
        if (!account.isActive()) {
            return Optional.of(refused.suspended(tx, account.username(), attempt));
        }
        return lifecycle.isTurnedAway(tx, account.id(), attempt.home())
                ? Optional.of(refused.switchedOff(tx, account.username(), attempt))
                : Optional.empty();
    }
}
