package dev.vestibule.admission;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Issuer;
import dev.vestibule.admission.ProvenIdentity.Stay;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Lifetimes;
import dev.vestibule.config.Role;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.oidc.VerifiedIdentity.ProviderSession;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.Reach;
import dev.vestibule.session.SessionService;
import dev.vestibule.session.SessionService.Beginning;
import dev.vestibule.session.SessionService.NewSession;
import dev.vestibule.session.SignInWay;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Device;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// Decides what follows from a proven identity: refuse, or make a session. Every way in ends here.
/// Safe to share between threads.
///
/// All of it is one transaction, so that a suspension, another sign-in of the same person, or a
/// full disk comes before or after it and never in between.
public final class LoginDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(LoginDispatcher.class);

    /// Of whoever no way in ties to anything.
    private static final Stay USUAL = new Stay(Lifetimes.NEVER, Reach.ANYWHERE);

    private final InstantSource time;
    private final Database database;
    private final AccountStore accounts;
    private final StandingProofs standing;
    private final RefusedPeople refused;
    private final Insiders insiders;
    private final SessionService sessions;
    private final SessionLifecycle sessionLifecycle;
    private final VouchedPeople vouched;
    private final OwnPeople own;
    private final HomePeople homePeople;
    private final AuthorizationCodeStore codes;
    private final AuditLog audit;

    public LoginDispatcher(
            InstantSource time,
            Database database,
            LoginHomes homes,
            AdmissionFacts facts,
            AuthorizationCodeStore codes,
            AuditLog audit) {
        this.refused = new RefusedPeople(audit);
        this.accounts = facts.accounts();
        this.standing = facts.standing();
        this.time = time;
        this.database = database;
        this.insiders = facts.insiders();
        this.sessions = facts.sessions();
        this.sessionLifecycle = facts.sessionLifecycle();
        this.vouched = new VouchedPeople(homes, facts, refused);
        this.own = new OwnPeople(facts, refused);
        this.homePeople = new HomePeople(facts, refused);
        this.codes = codes;
        this.audit = audit;
    }

    /// What was decided, and what it ended.
    private record Decision(Admission admission, Ended ended) {}

    /// Signs the visitor's browser in, in place of whoever was signed in there.
    public Admission admit(ProvenIdentity identity, Visitor visitor) {
        noteRemarks(identity, visitor);
        Optional<LiveSession> old = insiders.session(visitor);
        return database.inTransaction(
                        tx -> admit(tx, identity, visitor, old), decision -> decision.ended().cut())
                .admission();
    }

    /// Judges without signing this browser in: what was proven here is for somewhere else.
    ///
    /// @return [Admission.Recognised], or why not
    public Admission recognise(ProvenIdentity identity, Visitor visitor) {
        noteRemarks(identity, visitor);
        return database.inTransaction(
                        tx -> recognised(judge(tx, identity, visitor)),
                        decision -> decision.ended().cut())
                .admission();
    }

    private static Decision recognised(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Welcome(var account, var role, var ended) ->
                    new Decision(new Admission.Recognised(account, role), ended);
            case Judgement.Refused(var answer, var ended) -> new Decision(answer, ended);
        };
    }

    /// What [#recognise] would say if somebody proved this at a home now. It judges, and takes back
    /// whatever that did: nothing changes, ends, or is written down.
    public Admission foresee(ProvenIdentity identity, HomeId home) {
        return database.foresee(
                        tx ->
                                recognised(
                                        judge(
                                                tx,
                                                identity,
                                                Attempt.supposed(identity.way(), home))))
                .admission();
    }

    /// The role that somebody would have at the visitor's home if they came in now; empty where
    /// they have none. Changes nothing.
    public Optional<Role> roleOf(VerifiedIdentity identity, Visitor visitor) {
        return database.read(tx -> vouched.roleOf(tx, identity, visitor.home()));
    }

    /// Whether somebody would come in at homes if a provider, or a proxy in front, vouched for them
    /// now, and why. Changes nothing.
    public Foreseen foresee(ProvenIdentity.Vouched proven, Set<HomeId> homes) {
        return database.foresee(tx -> vouched.foresee(tx, proven, homes));
    }

    private static void noteRemarks(ProvenIdentity identity, Visitor visitor) {
        if (identity instanceof ProvenIdentity.Vouched(var vouched, _)
                && !vouched.claimRemarks().isEmpty()) {
            LOG.info(
                    "event=claims-left-out request={} remarks={}",
                    visitor.reference(),
                    vouched.claimRemarks());
        }
    }

    /// Looks first whether the proof is still good, and judges who gave it then.
    private Judgement judge(Handle tx, ProvenIdentity identity, Visitor visitor) {
        Attempt attempt = Attempt.of(identity, visitor);
        return standing.stands(tx, identity.proof(), visitor)
                ? judge(tx, identity, attempt)
                : refused.withoutProof(tx, nameOf(tx, identity), attempt);
    }

    private String nameOf(Handle tx, ProvenIdentity identity) {
        return switch (identity) {
            case ProvenIdentity.Vouched(var person, _) -> person.username();
            case ProvenIdentity.Enrolled(var account, _) ->
                    accounts.find(tx, account).map(Account::username).orElse("");
            case ProvenIdentity.Appointed appointed -> appointed.profile().username();
            case ProvenIdentity.HomeUser(var user) -> user.username();
        };
    }

    private Judgement judge(Handle tx, ProvenIdentity identity, Attempt attempt) {
        return switch (identity) {
            case ProvenIdentity.Vouched(var person, _) -> vouched.judge(tx, person, attempt);
            case ProvenIdentity.Enrolled enrolled -> own.judge(tx, enrolled, attempt);
            case ProvenIdentity.Appointed appointed -> own.judge(tx, appointed, attempt);
            case ProvenIdentity.HomeUser(var user) -> homePeople.judge(tx, user, attempt);
        };
    }

    private Decision admit(
            Handle tx, ProvenIdentity identity, Visitor visitor, Optional<LiveSession> old) {
        return switch (judge(tx, identity, visitor)) {
            case Judgement.Refused(var answer, var ended) -> new Decision(answer, ended);
            case Judgement.Welcome welcome -> signIn(tx, welcome, identity, visitor, old);
        };
    }

    private Decision signIn(
            Handle tx,
            Judgement.Welcome welcome,
            ProvenIdentity identity,
            Visitor visitor,
            Optional<LiveSession> old) {
        Account account = welcome.account();
        NewSession begun = begin(tx, account, identity, visitor);
        Ended ended =
                old.map(session -> replace(tx, session, begun.session(), visitor))
                        .orElse(Ended.NONE)
                        .and(welcome.ended())
                        .and(crowdOut(tx, account, visitor));
        Insider insider = new Insider(begun.session(), account, welcome.role());
        return new Decision(new Admission.SignedIn(insider, begun.cookie()), ended);
    }

    private NewSession begin(Handle tx, Account account, ProvenIdentity identity, Visitor visitor) {
        Beginning beginning = beginning(identity, visitor);
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
                        beginning.issuer().value(),
                        begun.session().id().value(),
                        beginning.way().stored(),
                        Device.of(visitor.userAgent())),
                visitor.address());
        return begun;
    }

    private Beginning beginning(ProvenIdentity identity, Visitor visitor) {
        return switch (identity) {
            case ProvenIdentity.Vouched(VerifiedIdentity person, SignInWay way) ->
                    beginning(
                            visitor,
                            person.subject().issuer(),
                            sid(person.providerSession()),
                            way,
                            person.authTime(),
                            USUAL);
            case ProvenIdentity.Enrolled(_, Proof(SignInWay way, String key)) ->
                    ours(visitor, ownIssuer(way), key, way, USUAL);
            case ProvenIdentity.HomeUser local ->
                    ours(visitor, ownIssuer(local.way()), "", local.way(), USUAL);
            case ProvenIdentity.Appointed appointed ->
                    ours(
                            visitor,
                            appointed.subject().issuer(),
                            "",
                            appointed.way(),
                            appointed.stay());
        };
    }

    private Beginning ours(Visitor visitor, Issuer issuer, String key, SignInWay way, Stay stay) {
        return beginning(visitor, issuer, key, way, time.instant(), stay);
    }

    private static Beginning beginning(
            Visitor visitor,
            Issuer issuer,
            String sid,
            SignInWay way,
            Instant authTime,
            Stay stay) {
        return new Beginning(
                visitor.home(),
                issuer,
                sid,
                way,
                authTime,
                stay.lifetime(),
                stay.reach(),
                visitor.address(),
                visitor.userAgent());
    }

    /// Who vouches in a session where it is we. No provider is called so: issuers of providers are
    /// https addresses.
    public static Issuer ownIssuer(SignInWay way) {
        return new Issuer("vestibule:" + way.stored());
    }

    private static String sid(ProviderSession session) {
        return switch (session) {
            case ProviderSession.Known(var sid) -> sid;
            case ProviderSession.NotTold() -> "";
        };
    }

    /// The same person in another tab goes on with what they have; somebody else's ends.
    private Ended replace(Handle tx, LiveSession old, LiveSession next, Visitor visitor) {
        Cause cause = cause(next.account(), EndReason.SIGNED_IN_ANEW, visitor);
        if (!old.account().equals(next.account())) {
            return sessionLifecycle.endSession(tx, old, cause);
        }
        codes.moveTo(tx, next.id(), old.id());
        return sessionLifecycle.replaceSession(tx, old, next, cause);
    }

    private Ended crowdOut(Handle tx, Account account, Visitor visitor) {
        return sessionLifecycle.crowdOut(
                tx, account.id(), cause(account.id(), EndReason.TOO_MANY_SESSIONS, visitor));
    }

    private static Cause cause(AccountId account, EndReason reason, Visitor visitor) {
        return new Cause(account.value(), reason, visitor.address());
    }
}
