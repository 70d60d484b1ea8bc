package dev.vestibule.login;

import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.WaysIn;
import dev.vestibule.audit.EndReason;
import dev.vestibule.grant.FreshAccessToken;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.RefreshLookup;
import dev.vestibule.grant.RefreshTokenJudge;
import dev.vestibule.homeassistant.HomeAssistantTokens;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.RefreshResult;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionId;
import dev.vestibule.session.SessionService;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// Gives a further access token for a refresh token (RFC 6749 section 6). Safe to share between
/// threads.
final class TokenRefresh {

    private final LoginHomes homes;
    private final GrantService grants;
    private final SessionService sessions;
    private final SessionLifecycle lifecycle;
    private final Whereabouts whereabouts;
    private final WaysIn ways;

    TokenRefresh(LoginHomes homes, Login.People people, WaysIn ways) {
        this.homes = homes;
        this.ways = ways;
        this.grants = people.grants();
        this.sessions = people.sessions();
        this.lifecycle = people.sessionLifecycle();
        this.whereabouts = new Whereabouts(people.places());
    }

    /// @param clientId empty text where the client sent none, as those of system users
    /// @throws HomeAssistantUnavailable where Home Assistant cannot be asked
    TokenResult refresh(Visitor visitor, Secret refreshToken, String clientId) {
        return switch (grants.findByRefreshToken(visitor.home(), refreshToken)) {
            case RefreshLookup.Found(var grant, var inner, var session) -> {
                if (!grant.clientId().equals(clientId)) {
                    yield TokenResult.OTHER_CLIENT;
                }
                Optional<TokenResult> elsewhere = elsewhere(visitor, grant);
                if (elsewhere.isPresent()) {
                    yield elsewhere.get();
                }
                if (session.filter(from -> isAnothersNow(visitor, from)).isPresent()) {
                    yield TokenResult.INVALID_GRANT;
                }
                yield session.filter(from -> !sessions.noteUse(visitor.home(), from)).isPresent()
                        ? runOut(visitor, grant)
                        : refresh(visitor, refreshToken, grant, inner);
            }
            case RefreshLookup.Ended() -> TokenResult.INVALID_GRANT;
            case RefreshLookup.Waiting() -> new TokenResult.TryLater();
            case RefreshLookup.Unknown() -> judge(visitor, refreshToken, clientId);
        };
    }

    /// The token lives, and is good where its person, or its tablet, may be.
    private Optional<TokenResult> elsewhere(Visitor visitor, LiveGrant grant) {
        return grant.account().flatMap(account -> whereabouts.elsewhere(visitor, account));
    }

    /// Ends a session that began by a proxy's word, where the proxy names another person by now:
    /// whoever sits there is to come in as themselves (attack: a browser passes from hand to hand,
    /// and the next person goes on as the one before).
    private boolean isAnothersNow(Visitor visitor, SessionId id) {
        Optional<LiveSession> ended =
                sessions.find(id)
                        .filter(session -> session.way() == SignInWay.ASSERTION)
                        .filter(session -> isAnothersNow(visitor, session));
        ended.ifPresent(
                session ->
                        lifecycle.endSession(
                                session,
                                new Cause(
                                        "the proxy in front",
                                        EndReason.OTHER_PERSON,
                                        visitor.address())));
        return ended.isPresent();
    }

    private boolean isAnothersNow(Visitor visitor, LiveSession session) {
        return sessions.issuerOf(session.id())
                .filter(issuer -> ways.nameAnother(visitor, session.account(), issuer))
                .isPresent();
    }

    /// What a browser was given ends with its session.
    private TokenResult runOut(Visitor visitor, LiveGrant grant) {
        lifecycle.endGrant(
                grant.id(), new Cause("the gateway", EndReason.SESSION_RAN_OUT, visitor.address()));
        return TokenResult.INVALID_GRANT;
    }

    private TokenResult refresh(
            Visitor visitor, Secret refreshToken, LiveGrant grant, Secret inner) {
        return switch (ask(visitor, grant, inner)) {
            case RefreshResult.AccessToken(var value, var expiresIn, var extra) ->
                    release(
                            visitor,
                            refreshToken,
                            grant,
                            new FreshAccessToken(value, expiresIn, extra));
            case RefreshResult.InvalidGrant() -> {
                lifecycle.endGrant(
                        grant.id(),
                        new Cause(
                                "Home Assistant",
                                EndReason.ENDED_IN_HOME_ASSISTANT,
                                visitor.address()));
                yield TokenResult.INVALID_GRANT;
            }
            case RefreshResult.Refused(int status, String error) ->
                    new TokenResult.Refused(status, error, "");
        };
    }

    private RefreshResult ask(Visitor visitor, LiveGrant grant, Secret inner) {
        HomeAssistantTokens tokens = homes.get(visitor.home()).homeAssistant().tokens();
        return grant.clientId().isEmpty()
                ? tokens.refreshWithoutClient(inner, visitor.client().accountable())
                : tokens.refresh(inner, grant.clientId(), visitor.client().accountable());
    }

    /// Looks once more whether the grant lives: it may have ended while Home Assistant was asked.
    private TokenResult release(
            Visitor visitor, Secret refreshToken, LiveGrant grant, FreshAccessToken fresh) {
        grants.remember(grant, fresh.value(), fresh.expiresIn());
        boolean isLive =
                grant.isLive()
                        && grants.findByRefreshToken(visitor.home(), refreshToken)
                                instanceof RefreshLookup.Found;
        return isLive ? new TokenResult.Refreshed(fresh) : TokenResult.INVALID_GRANT;
    }

    private TokenResult judge(Visitor visitor, Secret refreshToken, String clientId) {
        RefreshTokenJudge judge = homes.get(visitor.home()).judge();
        return switch (judge.judge(visitor.home(), refreshToken, clientId, visitor.client())) {
            case RefreshTokenJudge.Result.Adopted(_, var fresh) -> new TokenResult.Refreshed(fresh);
            case RefreshTokenJudge.Result.Waiting() -> new TokenResult.TryLater();
            case RefreshTokenJudge.Result.Dead() -> TokenResult.INVALID_GRANT;
            case RefreshTokenJudge.Result.OtherClient() -> TokenResult.OTHER_CLIENT;
            case RefreshTokenJudge.Result.Denied() -> TokenResult.DENIED;
            case RefreshTokenJudge.Result.Unjudgeable _ -> new TokenResult.TryLater();
        };
    }
}
