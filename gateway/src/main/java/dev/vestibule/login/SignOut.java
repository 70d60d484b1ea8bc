package dev.vestibule.login;

import dev.vestibule.admission.LoginHomes;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.ExistingTokens;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.RefreshLookup;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionId;
import dev.vestibule.session.SessionService;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Signs a client out, and with it the browser whose session it was issued from: signing out must
/// not sign in again by itself. Safe to share between threads.
final class SignOut {

    /// Home Assistant's have 128 characters.
    private static final int LEFTOVER_LENGTH_MAX = 512;

    private final LoginHomes homes;
    private final Insiders insiders;
    private final SessionService sessions;
    private final GrantService grants;
    private final SessionLifecycle lifecycle;
    private final SessionProviders providers;
    private final AddressLimiter leftovers;

    /// @param leftovers how often an address may end a token that the gateway never saw
    SignOut(
            LoginHomes homes,
            Insiders insiders,
            SessionService sessions,
            GrantService grants,
            SessionLifecycle lifecycle,
            SessionProviders providers,
            AddressLimiter leftovers) {
        this.homes = homes;
        this.insiders = insiders;
        this.sessions = sessions;
        this.grants = grants;
        this.lifecycle = lifecycle;
        this.providers = providers;
        this.leftovers = leftovers;
    }

    /// Whether a session of the gateway's ended too.
    sealed interface Result {

        /// @param providerId where its person may still be signed in; see [SessionProviders]
        record SessionEnded(String providerId) implements Result {}

        record NoSession() implements Result {}
    }

    /// Ends the grant of a refresh token here and at Home Assistant, and the sessions that are its
    /// own and the browser's.
    Result revoke(Visitor visitor, Optional<Secret> token) {
        Collection<LiveSession> ending = sessionsOf(visitor, token);
        Result result =
                ending.stream()
                        .findFirst()
                        .<Result>map(session -> new Result.SessionEnded(providers.of(session)))
                        .orElseGet(Result.NoSession::new);
        // The sessions first, and with them what was issued from them: once the grant has ended,
        // its token leads to no session any more, and one that was left would be left for good.
        ending.forEach(session -> lifecycle.endSession(session, cause(session, visitor)));
        token.ifPresent(shown -> revokeGrant(visitor, shown));
        return result;
    }

    /// The browser's own session counts only where the request comes from a page of ours (attack: a
    /// form on another site that signs people out).
    private Collection<LiveSession> sessionsOf(Visitor visitor, Optional<Secret> token) {
        Map<SessionId, LiveSession> found = new LinkedHashMap<>();
        token.flatMap(shown -> grants.sessionOf(visitor.home(), shown))
                .flatMap(sessions::find)
                .ifPresent(session -> found.put(session.id(), session));
        if (OriginCheck.isOwn(visitor)) {
            insiders.session(visitor).ifPresent(session -> found.put(session.id(), session));
        }
        return found.values();
    }

    private void revokeGrant(Visitor visitor, Secret token) {
        if (grants.findByRefreshToken(visitor.home(), token) instanceof RefreshLookup.Unknown) {
            revokeLeftover(visitor, token);
        } else {
            lifecycle.endGrant(
                    visitor.home(),
                    token,
                    new Cause("its client", EndReason.BY_ITS_CLIENT, visitor.address()));
        }
    }

    /// A token that is older than the gateway lives at Home Assistant only. Where such tokens
    /// count, it ends here and Home Assistant is told, only so often for one address.
    private void revokeLeftover(Visitor visitor, Secret token) {
        boolean isCounted =
                homes.get(visitor.home()).config().existingTokens() == ExistingTokens.ADOPT;
        if (isCounted
                && token.reveal().length() <= LEFTOVER_LENGTH_MAX
                && leftovers.tryTake(visitor.client())) {
            lifecycle.endUnknownToken(visitor.home(), token);
        }
    }

    private static Cause cause(LiveSession session, Visitor visitor) {
        return new Cause(session.account().value(), EndReason.SIGNED_OUT, visitor.address());
    }
}
