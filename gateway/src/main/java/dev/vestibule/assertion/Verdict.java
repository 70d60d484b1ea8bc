package dev.vestibule.assertion;

import dev.vestibule.audit.Reason;
import dev.vestibule.oidc.RejectionReason;
import dev.vestibule.oidc.VerifiedIdentity;

import java.time.Instant;

/// What an assertion is worth.
sealed interface Verdict {

    /// The proxy vouches for this person.
    ///
    /// @param saidAt when it said so
    record Person(VerifiedIdentity identity, Instant saidAt) implements Verdict {}

    /// The proxy let a program through and names nobody: Cloudflare's service tokens have no
    /// subject. It proves the way that the request came, and nothing else.
    record Program() implements Verdict {}

    /// It is not to be believed.
    ///
    /// @param isForgery whether no proxy sends the like, however it is set up
    record Refused(Reason reason, boolean isForgery) implements Verdict {
        static Refused of(RejectionReason reason) {
            return new Refused(
                    Reason.Of.constant(Reason.Family.ASSERTION, reason), reason.isForgery());
        }
    }

    /// The proxy's keys cannot be had, so that nothing can be said.
    record Unjudgeable() implements Verdict {
        static final Reason REASON = new Reason.Of(Reason.Family.ASSERTION, "unjudgeable");
    }
}
