package dev.vestibule.liveness;

import dev.vestibule.account.Issuer;
import dev.vestibule.audit.EndReason;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionService;
import dev.vestibule.session.SignInWay;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Signs out browsers of people for whom a provider has not vouched for too long. Each person is
/// one transaction, and nothing where they signed in anew meanwhile. Safe to share between threads.
public final class Lapses {

    /// By which people come in whom nobody vouches for at that moment.
    private static final Set<SignInWay> OWN_WAYS = Set.of(SignInWay.PASSKEY, SignInWay.LOCAL);

    private final LivenessProofs proofs;
    private final SessionService sessions;
    private final SessionLifecycle sessionLifecycle;

    public Lapses(
            LivenessProofs proofs, SessionService sessions, SessionLifecycle sessionLifecycle) {
        this.proofs = proofs;
        this.sessions = sessions;
        this.sessionLifecycle = sessionLifecycle;
    }

    /// Ends what is due at one provider.
    ///
    /// @param maxAge how long its last word lets browsers stay signed in
    void endAll(String providerId, Duration maxAge) {
        proofs.lapsed(providerId, maxAge).forEach(lapsed -> end(lapsed, maxAge));
    }

    /// The browsers that came from there are signed out, and where nobody else vouches for the
    /// person, those too that a passkey or a password let in (attack G8: whoever lost one door goes
    /// on by the other). What has no session, such as a phone, lives on.
    private void end(LapsedProof lapsed, Duration maxAge) {
        var _ =
                sessionLifecycle.endSessions(
                        tx ->
                                proofs.lapse(tx, lapsed, maxAge)
                                        ? Optional.of(endingWith(tx, lapsed))
                                        : Optional.empty(),
                        new Cause(
                                lapsed.person().issuer().value(),
                                EndReason.VOUCHED_NO_LONGER,
                                Consequences.ADDRESS));
    }

    private List<LiveSession> endingWith(Handle tx, LapsedProof lapsed) {
        Issuer issuer = lapsed.person().issuer();
        List<LiveSession> fromThere = sessions.ofIssuer(tx, lapsed.account(), issuer);
        return proofs.isLapsed(tx, lapsed.account())
                ? Stream.concat(
                                fromThere.stream(),
                                sessions.ofWays(tx, lapsed.account(), OWN_WAYS).stream())
                        .toList()
                : fromThere;
    }
}
