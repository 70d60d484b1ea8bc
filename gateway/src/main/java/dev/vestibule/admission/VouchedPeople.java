package dev.vestibule.admission;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Profile;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.directory.Recognition;
import dev.vestibule.liveness.LivenessProofs;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.session.SignInWay;

import org.jdbi.v3.core.Handle;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Judges people for whom a provider vouches. The role is judged anew every time. Nobody who is
/// refused leaves an account behind; who had one loses what they had at this home. Every method
/// runs inside the caller's transaction.
final class VouchedPeople {

    /// Where nobody comes from, since nobody came.
    private static final String NOWHERE = "";

    private final LoginHomes homes;
    private final AccountStore accounts;
    private final AccountLifecycle lifecycle;
    private final Recognition recognition;
    private final LivenessProofs proofs;
    private final RefusedPeople refused;

    VouchedPeople(LoginHomes homes, AdmissionFacts facts, RefusedPeople refused) {
        this.homes = homes;
        this.accounts = facts.accounts();
        this.lifecycle = facts.lifecycle();
        this.recognition = facts.recognition();
        this.proofs = facts.proofs();
        this.refused = refused;
    }

    /// A proxy's word is none of the provider's: it may rest on a session that is older than the
    /// end of what the provider vouched for.
    Judgement judge(Handle tx, VerifiedIdentity identity, Attempt attempt) {
        Ended joined = meet(tx, identity, attempt.way(), attempt.address());
        return switch (judgeRecognised(tx, identity, attempt)) {
            case Judgement.Welcome(var account, var role, var ended) -> {
                if (attempt.way() == SignInWay.PROVIDER) {
                    proofs.keep(tx, identity.subject(), account.id(), identity.livenessProof());
                }
                yield new Judgement.Welcome(account, role, joined.and(ended));
            }
            case Judgement.Refused(var answer, var ended) ->
                    new Judgement.Refused(answer, joined.and(ended));
        };
    }

    /// Whom a SCIM client sent is that person from their first sign-in on.
    ///
    /// @param address where they come from
    private Ended meet(Handle tx, VerifiedIdentity identity, SignInWay way, String address) {
        Ended joined =
                recognition.recognise(
                        tx,
                        identity.subject(),
                        identity.directoryKey(),
                        new Cause(
                                identity.subject().issuer().value(),
                                EndReason.RECOGNISED,
                                address));
        if (way == SignInWay.PROVIDER) {
            restoreWhereTheProviderMay(tx, identity, address);
        }
        return joined;
    }

    private Judgement judgeRecognised(Handle tx, VerifiedIdentity identity, Attempt attempt) {
        Optional<Account> known = accounts.find(tx, identity.subject());
        return switch (foresee(tx, known, identity, attempt.home())) {
            case Foresight.Suspended() -> refused.suspended(tx, identity.username(), attempt);
            case Foresight.NotSent() ->
                    noRole(tx, RefusalReason.NOT_SENT_BY_SCIM, identity, attempt, known);
            case Foresight.NoRole _ -> noRole(tx, RefusalReason.NO_ROLE, identity, attempt, known);
            case Foresight.SwitchedOff(var why) ->
                    switchedOff(
                            tx,
                            identity,
                            known.orElseThrow().id(),
                            why.role().orElseThrow(),
                            attempt);
            case Foresight.Welcome(var why) ->
                    welcome(tx, identity, why.role().orElseThrow(), attempt);
        };
    }

    /// Whether somebody would come in at homes if they were vouched for now, and why. Does what a
    /// sign-in does before anything is judged: the caller takes it back.
    Foreseen foresee(Handle tx, ProvenIdentity.Vouched proven, Set<HomeId> at) {
        VerifiedIdentity identity = proven.identity();
        var _ = meet(tx, identity, proven.way(), NOWHERE);
        Optional<Account> known = accounts.find(tx, identity.subject());
        return new Foreseen(
                known.map(Account::id),
                at.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        home -> home, home -> foresee(tx, known, identity, home))));
    }

    private Foresight foresee(
            Handle tx, Optional<Account> known, VerifiedIdentity identity, HomeId home) {
        if (known.filter(account -> !account.isActive()).isPresent()) {
            return new Foresight.Suspended();
        }
        Optional<AccountId> id = known.map(Account::id);
        if (!recognition.isWelcome(tx, identity.subject().issuer(), id)) {
            return new Foresight.NotSent();
        }
        RoleReason why = reason(tx, id, identity, home);
        if (why.role().isEmpty()) {
            return new Foresight.NoRole(why);
        }
        return id.filter(person -> lifecycle.isTurnedAway(tx, person, home)).isPresent()
                ? new Foresight.SwitchedOff(why)
                : new Foresight.Welcome(why);
    }

    /// The role that somebody would have at a home if they came in now. Changes nothing.
    Optional<Role> roleOf(Handle tx, VerifiedIdentity identity, HomeId home) {
        Optional<AccountId> id = accounts.find(tx, identity.subject()).map(Account::id);
        return reason(tx, id, identity, home).role();
    }

    private RoleReason reason(
            Handle tx, Optional<AccountId> id, VerifiedIdentity identity, HomeId home) {
        Optional<Set<String>> sent = id.flatMap(account -> recognition.sentGroupsOf(tx, account));
        if (sent.filter(Set::isEmpty).isPresent()) {
            Optional<Role> held = id.flatMap(account -> accounts.roleOf(tx, account, home));
            if (held.isPresent()) {
                return new RoleReason.Kept(held.get());
            }
        }
        Set<String> groups = sent.orElse(identity.groups());
        return new RoleReason.ByGroups(
                sent.isPresent(), homes.get(home).config().roles().judge(groups));
    }

    private Judgement welcome(Handle tx, VerifiedIdentity identity, Role role, Attempt attempt) {
        Account account =
                accounts.admit(
                        tx,
                        identity.subject(),
                        new Profile(identity.username(), identity.displayName()));
        recognition.remember(tx, identity.subject(), identity.directoryKey());
        Ended less =
                lifecycle.changeRole(
                        tx, account.id(), attempt.home(), role, cause(account.id(), attempt));
        return new Judgement.Welcome(account, role, less);
    }

    /// Who lost their role and has one again may be here, from now on: else whoever switches them
    /// on in Home Assistant is taken to let in somebody who was shut out.
    private Judgement switchedOff(
            Handle tx, VerifiedIdentity identity, AccountId account, Role role, Attempt attempt) {
        refused.note(tx, RefusalReason.INACTIVE_AT_HOME, identity.username(), attempt);
        return new Judgement.Refused(
                new Admission.SwitchedOff(),
                lifecycle.welcome(tx, account, attempt.home(), role, cause(account, attempt)));
    }

    private static Cause cause(AccountId account, Attempt attempt) {
        return attempt.cause(account.value(), EndReason.ROLE_CHANGED);
    }

    private Judgement noRole(
            Handle tx,
            RefusalReason reason,
            VerifiedIdentity identity,
            Attempt attempt,
            Optional<Account> known) {
        refused.note(tx, reason, identity.username(), attempt);
        return new Judgement.Refused(
                new Admission.NoRole(identity.username()),
                known.map(account -> expel(tx, account, attempt)).orElse(Ended.NONE));
    }

    /// A provider that had switched somebody off and lets them sign in has taken that back. What
    /// somebody else decided stands, and a proxy's word takes nothing back.
    private void restoreWhereTheProviderMay(Handle tx, VerifiedIdentity identity, String address) {
        accounts.find(tx, identity.subject())
                .filter(account -> !account.isActive())
                .ifPresent(
                        account -> {
                            var _ =
                                    lifecycle.restore(
                                            tx,
                                            account.id(),
                                            SuspendedBy.PROVIDER,
                                            new Cause(
                                                    identity.subject().issuer().value(),
                                                    EndReason.SIGNED_IN_AT_PROVIDER_AGAIN,
                                                    address));
                        });
    }

    private Ended expel(Handle tx, Account account, Attempt attempt) {
        return lifecycle.expel(
                tx,
                account.id(),
                attempt.home(),
                attempt.cause(account.id().value(), EndReason.NO_ROLE));
    }
}
