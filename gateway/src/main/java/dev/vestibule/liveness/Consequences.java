package dev.vestibule.liveness;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.EndReason;
import dev.vestibule.audit.Reason;
import dev.vestibule.config.HomeId;
import dev.vestibule.oidc.RejectionReason;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.revocation.SuspendResult;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Does what a provider's word about a person demands. Each is one transaction, and nothing where
/// the claim is gone: then the person signed in anew or was shut out, and this word is an old one.
/// Safe to share between threads.
public final class Consequences {

    private static final Logger LOG = LoggerFactory.getLogger(Consequences.class);

    /// Where what a poll does comes from, in the audit log.
    static final String ADDRESS = "liveness";

    private final Database database;
    private final ProofClaims claims;
    private final SessionService sessions;
    private final AccountLifecycle lifecycle;
    private final SessionLifecycle sessionLifecycle;
    private final RoleReview roles;
    private final ProviderDepartures departures;
    private final AuditLog audit;

    public Consequences(
            Database database,
            ProofClaims claims,
            People people,
            RoleReview roles,
            ProviderDepartures departures,
            AuditLog audit) {
        this.database = database;
        this.claims = claims;
        this.sessions = people.sessions();
        this.lifecycle = people.lifecycle();
        this.sessionLifecycle = people.sessionLifecycle();
        this.roles = roles;
        this.departures = departures;
        this.audit = audit;
    }

    /// What people have, and how it ends.
    public record People(
            SessionService sessions,
            AccountLifecycle lifecycle,
            SessionLifecycle sessionLifecycle) {}

    /// The provider has vouched and said nothing else.
    void vouched(ClaimedProof proof, Instant checkedAt) {
        database.change(tx -> claims.proven(tx, proof, checkedAt));
    }

    /// The provider has vouched, and said which groups the person is in: their roles follow. Where
    /// that would shut out one too many, they stay as they are until they are asked about again.
    void vouchedWith(ClaimedProof proof, String providerId, Set<String> groups, Instant checkedAt) {
        try {
            var _ =
                    database.inTransaction(
                            tx ->
                                    claims.proven(tx, proof, checkedAt)
                                            ? follow(tx, proof, providerId, groups)
                                            : Ended.NONE,
                            Ended::cut);
        } catch (OneTooMany held) {
            vouched(proof, checkedAt);
        }
    }

    private Ended follow(Handle tx, ClaimedProof proof, String providerId, Set<String> groups) {
        AccountId person = proof.account();
        boolean hadAccess = departures.hasAccess(tx, person);
        Ended ended = roles.review(tx, person, groups, cause(proof, EndReason.GROUPS_AT_PROVIDER));
        boolean isOut = hadAccess && !departures.hasAccess(tx, person);
        if (isOut && !departures.mayLeave(tx, providerId, person)) {
            throw new OneTooMany();
        }
        return ended;
    }

    /// Rolls a transaction back.
    private static final class OneTooMany extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// The provider vouches no longer, which says nothing about the person. Their browsers stay
    /// signed in until it lapses ([Lapses]).
    void ended(ClaimedProof proof, String providerId, EndReason reason) {
        boolean isEnded =
                database.inTransaction(
                        tx -> {
                            boolean isStanding = claims.end(tx, proof);
                            if (isStanding) {
                                audit.append(
                                        tx,
                                        new AuditEvent.ProofEnded(
                                                proof.account().value(),
                                                proof.person().issuer().value(),
                                                reason.code()),
                                        ADDRESS);
                            }
                            return isStanding;
                        });
        LOG.debug("event=proof-ended provider={} counts={}", providerId, isEnded);
    }

    /// The provider has switched the person off: nothing of theirs works any more, anywhere. Where
    /// they are one too many, they stay until they are asked about again.
    void disabled(ClaimedProof proof, String providerId, Instant checkedAt) {
        Optional<SuspendResult> result =
                lifecycle.suspendIf(
                        tx -> claims.isClaimed(tx, proof) && maySuspend(tx, proof, providerId),
                        proof.account(),
                        SuspendedBy.PROVIDER,
                        cause(proof, EndReason.DISABLED_AT_PROVIDER));
        if (result.isEmpty()) {
            claims.postpone(proof, false, checkedAt);
        }
        if (result.orElse(null) instanceof SuspendResult.LastAdministrator(var home)) {
            keepOnlyTheLastAdministrator(proof, home, checkedAt);
        }
        LOG.debug("event=disabled-at-provider provider={} result={}", providerId, result);
    }

    private boolean maySuspend(Handle tx, ClaimedProof proof, String providerId) {
        return !departures.hasAccess(tx, proof.account())
                || departures.mayLeave(tx, providerId, proof.account());
    }

    /// Nobody could run the home without them, so they stay an account. Their browsers are out,
    /// somebody hears of it once, and the next question tries again.
    private void keepOnlyTheLastAdministrator(ClaimedProof proof, HomeId home, Instant checkedAt) {
        Reason reason = new Reason.Of(Reason.Family.LAST_ADMINISTRATOR, home.value());
        var _ =
                database.inTransaction(
                        tx -> {
                            if (claims.alarm(tx, proof, checkedAt)) {
                                raiseAlarm(tx, proof, reason, "disabled at the provider");
                            }
                            return endSessions(tx, proof, EndReason.DISABLED_AT_PROVIDER);
                        },
                        Ended::cut);
    }

    /// @param detail for the operator's log alone
    private void raiseAlarm(Handle tx, ClaimedProof proof, Reason reason, String detail) {
        LOG.error(
                "event=liveness-alarm account={} issuer={} reason={} detail=\"{}\"",
                proof.account(),
                proof.person().issuer(),
                reason.code(),
                detail);
        audit.append(
                tx,
                new AuditEvent.LivenessAlarm(
                        proof.account().value(), proof.person().issuer().value(), reason.code()),
                ADDRESS);
    }

    private Ended endSessions(Handle tx, ClaimedProof proof, EndReason reason) {
        return sessionLifecycle.endSessions(
                tx,
                sessions.ofIssuer(tx, proof.account(), proof.person().issuer()),
                cause(proof, reason));
    }

    /// The answer was about somebody else or cannot be believed (OIDC Core section 12.2): the
    /// sign-in that the token came from is not to be trusted any more.
    void mismatch(ClaimedProof proof, RejectionReason reason, String detail) {
        var _ =
                database.inTransaction(
                        tx -> {
                            if (!claims.end(tx, proof)) {
                                return Ended.NONE;
                            }
                            raiseAlarm(tx, proof, reason, detail);
                            return endSessions(tx, proof, EndReason.PROVIDER_WRONG);
                        },
                        Ended::cut);
    }

    private static Cause cause(ClaimedProof proof, EndReason reason) {
        return new Cause(proof.person().issuer().value(), reason, ADDRESS);
    }
}
