package dev.vestibule.login;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Profile;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.Role;
import dev.vestibule.directory.Recognition;
import dev.vestibule.liveness.LivenessProofs;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.oidc.VerifiedIdentity.ProviderSession;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionService;
import dev.vestibule.session.SessionService.Beginning;
import dev.vestibule.session.SessionService.NewSession;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.Set;

/// Decides what follows from a proven identity: refuse, or make a session. Every way in ends here.
/// Safe to share between threads.
///
/// All of it is one transaction, so that a suspension, another sign-in of the same person, or a
/// full disk comes before or after it and never in between.
final class LoginDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(LoginDispatcher.class);

    private final Database database;
    private final LoginHomes homes;
    private final AccountStore accounts;
    private final SessionService sessions;
    private final AccountLifecycle lifecycle;
    private final SessionLifecycle sessionLifecycle;
    private final Recognition recognition;
    private final AuthorizationCodeStore codes;
    private final LivenessProofs proofs;
    private final AuditLog audit;

    LoginDispatcher(
            Database database,
            LoginHomes homes,
            Login.People people,
            AuthorizationCodeStore codes,
            AuditLog audit) {
        this.database = database;
        this.homes = homes;
        this.accounts = people.accounts();
        this.sessions = people.sessions();
        this.lifecycle = people.lifecycle();
        this.sessionLifecycle = people.sessionLifecycle();
        this.recognition = people.recognition();
        this.codes = codes;
        this.proofs = people.proofs();
        this.audit = audit;
    }

    /// What was decided, and what it ended.
    private record Decision(Admission admission, Ended ended) {}

    /// The role is judged anew at every sign-in. Nobody who is refused leaves an account behind;
    /// who had one loses what they had at this home.
    Admission admit(VerifiedIdentity identity, Visitor visitor) {
        if (!identity.claimRemarks().isEmpty()) {
            LOG.info(
                    "event=claims-left-out reference={} remarks={}",
                    visitor.reference(),
                    identity.claimRemarks());
        }
        Optional<LiveSession> old = visitor.session(sessions);
        return database.inTransaction(
                        tx -> decide(tx, identity, visitor, old),
                        decision -> decision.ended().cut())
                .admission();
    }

    private Decision decide(
            Handle tx, VerifiedIdentity identity, Visitor visitor, Optional<LiveSession> old) {
        Ended joined = recognise(tx, identity, visitor);
        Decision decision = decideAbout(tx, identity, visitor, old);
        return new Decision(decision.admission(), joined.and(decision.ended()));
    }

    /// Whom a SCIM client sent is that person from their first sign-in on.
    private Ended recognise(Handle tx, VerifiedIdentity identity, Visitor visitor) {
        return recognition.recognise(
                tx,
                identity.subject(),
                identity.directoryKey(),
                new Cause(
                        identity.subject().issuer().value(),
                        "recognised at a sign-in",
                        visitor.address()));
    }

    private Decision decideAbout(
            Handle tx, VerifiedIdentity identity, Visitor visitor, Optional<LiveSession> old) {
        restoreWhereTheProviderMay(tx, identity, visitor);
        Optional<Account> known = accounts.find(tx, identity.subject());
        if (known.filter(account -> !account.isActive()).isPresent()) {
            noteRefusal(tx, "suspended", identity, visitor);
            return new Decision(new Admission.Suspended(), Ended.NONE);
        }
        Optional<AccountId> id = known.map(Account::id);
        if (!recognition.isWelcome(tx, identity.subject().issuer(), id)) {
            return noRole(tx, "not-sent-by-scim", identity, visitor, known);
        }
        Set<String> groups =
                id.map(account -> recognition.groupsOf(tx, account, identity.groups()))
                        .orElse(identity.groups());
        Optional<Role> role =
                id.filter(account -> recognition.isWaitingForGroups(tx, account))
                        .flatMap(account -> accounts.roleOf(tx, account, visitor.home()))
                        .or(() -> homes.get(visitor.home()).config().roles().roleOf(groups));
        if (role.isEmpty()) {
            return noRole(tx, "no-role", identity, visitor, known);
        }
        if (known.filter(person -> lifecycle.isTurnedAway(tx, person.id(), visitor.home()))
                .isPresent()) {
            noteRefusal(tx, "inactive-at-home", identity, visitor);
            return new Decision(new Admission.SwitchedOff(), Ended.NONE);
        }
        Account account =
                accounts.admit(
                        tx,
                        identity.subject(),
                        new Profile(identity.username(), identity.displayName()));
        recognition.remember(tx, identity.subject(), identity.directoryKey());
        Ended less =
                lifecycle.changeRole(
                        tx,
                        account.id(),
                        visitor.home(),
                        role.get(),
                        cause(account.id(), "role changed", visitor));
        proofs.keep(tx, identity.subject(), account.id(), identity.livenessProof());
        NewSession begun = begin(tx, account, identity, visitor);
        Ended ended =
                old.map(session -> replace(tx, session, begun.session(), visitor))
                        .orElse(Ended.NONE)
                        .and(less)
                        .and(crowdOut(tx, account, visitor));
        Insider insider = new Insider(begun.session(), account, role.get());
        return new Decision(new Admission.SignedIn(insider, begun.cookie()), ended);
    }

    private Decision noRole(
            Handle tx,
            String reason,
            VerifiedIdentity identity,
            Visitor visitor,
            Optional<Account> known) {
        noteRefusal(tx, reason, identity, visitor);
        return new Decision(
                new Admission.NoRole(),
                known.map(account -> expel(tx, account, visitor)).orElse(Ended.NONE));
    }

    /// A provider that had switched somebody off and lets them sign in has taken that back. What
    /// somebody else decided stands.
    private void restoreWhereTheProviderMay(Handle tx, VerifiedIdentity identity, Visitor visitor) {
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
                                                    "signed in at the provider again",
                                                    visitor.address()));
                        });
    }

    private Ended expel(Handle tx, Account account, Visitor visitor) {
        return lifecycle.expel(
                tx, account.id(), visitor.home(), cause(account.id(), "no role", visitor));
    }

    private void noteRefusal(Handle tx, String reason, VerifiedIdentity identity, Visitor visitor) {
        audit.append(
                tx,
                new AuditEvent.SignInRefused(
                        visitor.home().value(), identity.username(), reason, visitor.reference()),
                visitor.address());
    }

    private NewSession begin(
            Handle tx, Account account, VerifiedIdentity identity, Visitor visitor) {
        Beginning beginning =
                new Beginning(
                        visitor.home(),
                        identity.subject().issuer(),
                        sid(identity.providerSession()),
                        identity.authTime(),
                        visitor.address(),
                        visitor.userAgent());
        NewSession begun =
                sessions.begin(tx, account, beginning)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "active a moment ago, in this transaction: "
                                                        + account.id()));
        audit.append(
                tx,
                new AuditEvent.SignedIn(
                        account.id().value(),
                        visitor.home().value(),
                        identity.subject().issuer().value(),
                        begun.session().id().value()),
                visitor.address());
        return begun;
    }

    private static String sid(ProviderSession session) {
        return switch (session) {
            case ProviderSession.Known(var sid) -> sid;
            case ProviderSession.NotTold() -> "";
        };
    }

    /// The same person in another tab goes on with what they have; somebody else's ends.
    private Ended replace(Handle tx, LiveSession old, LiveSession next, Visitor visitor) {
        Cause cause = cause(next.account(), "signed in anew", visitor);
        if (!old.account().equals(next.account())) {
            return sessionLifecycle.endSession(tx, old, cause);
        }
        codes.moveTo(tx, next.id(), old.id());
        return sessionLifecycle.replaceSession(tx, old, next, cause);
    }

    private Ended crowdOut(Handle tx, Account account, Visitor visitor) {
        return sessionLifecycle.crowdOut(
                tx, account.id(), cause(account.id(), "too many sessions", visitor));
    }

    private static Cause cause(AccountId account, String reason, Visitor visitor) {
        return new Cause(account.value(), reason, visitor.address());
    }
}
