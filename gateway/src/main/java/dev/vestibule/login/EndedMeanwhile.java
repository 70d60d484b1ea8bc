package dev.vestibule.login;

import dev.vestibule.audit.EndReason;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.LiveSession;
import dev.vestibule.visit.Visitor;

import java.time.Instant;

/// Ends a session that the provider ended while its sign-in was under way. Its logout token found
/// no session yet, works only once, and need not come again. Safe to share between threads.
///
/// It is looked for once the session is there: a token that comes later finds the session itself.
final class EndedMeanwhile {

    private final LogoutTokenUses logoutTokens;
    private final SessionLifecycle lifecycle;

    EndedMeanwhile(LogoutTokenUses logoutTokens, SessionLifecycle lifecycle) {
        this.logoutTokens = logoutTokens;
        this.lifecycle = lifecycle;
    }

    /// @param begunAt when the browser was sent to the provider
    /// @return whether the session has ended, so that its cookie is not to be handed out
    boolean end(LiveSession session, VerifiedIdentity identity, Instant begunAt, Visitor visitor) {
        if (!logoutTokens.hasEnded(identity, begunAt)) {
            return false;
        }
        lifecycle.endSession(
                session,
                new Cause(
                        identity.subject().issuer().value(),
                        EndReason.SIGNED_OUT_AT_PROVIDER,
                        visitor.address()));
        return true;
    }
}
