package dev.vestibule.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.audit.EndReason;
import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.oidc.LogoutTokenResult;
import dev.vestibule.oidc.LogoutTokenResult.LogoutTarget;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.OpenIdProviderProblem;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.DatabaseUnavailable;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;

/// `POST /auth/vestibule/back-channel-logout/PROVIDER`: a provider says that somebody's session
/// there is over (OIDC Back-Channel Logout 1.0). What ends is the browser sessions that came from
/// it, with their grants; apps and other devices live on.
///
/// 200 means ended, or nothing to end; 400 that the token is not to be believed; 503 that it could
/// not be judged or carried out, and may be sent again.
final class BackChannelLogoutHandler implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(BackChannelLogoutHandler.class);

    private final Providers providers;
    private final LogoutTokenUses uses;
    private final AccountStore accounts;
    private final SessionService sessions;
    private final SessionLifecycle lifecycle;

    BackChannelLogoutHandler(
            Providers providers,
            LogoutTokenUses uses,
            AccountStore accounts,
            SessionService sessions,
            SessionLifecycle lifecycle) {
        this.providers = providers;
        this.uses = uses;
        this.accounts = accounts;
        this.sessions = sessions;
        this.lifecycle = lifecycle;
    }

    @Override
    public Response handle(Request request) {
        return answer(request).with("cache-control", "no-store");
    }

    private Response answer(Request request) {
        Optional<OpenIdProvider> provider = providers.find(request.target().segments().getLast());
        if (provider.isEmpty()) {
            return refused("no such provider");
        }
        try {
            Optional<String> token = request.form().single("logout_token");
            return token.isEmpty()
                    ? refused("there is no logout_token")
                    : judge(request, provider.get(), token.get());
        } catch (BadRequest unreadable) {
            return refused("the form cannot be read");
        } catch (OpenIdProviderProblem | DatabaseUnavailable away) {
            LOG.warn(
                    "event=logout-unanswered provider={} request={} reason=\"{}\"",
                    provider.get().id(),
                    request.id(),
                    away.getMessage());
            return Response.empty(503).with("retry-after", "10");
        }
    }

    private Response judge(Request request, OpenIdProvider provider, String token) {
        return switch (provider.verifyLogoutToken(token)) {
            case LogoutTokenResult.Invalid(var reason, var detail) -> {
                LOG.warn(
                        "event=logout-token-refused provider={} request={} client={} reason={}"
                                + " detail=\"{}\"",
                        provider.id(),
                        request.id(),
                        request.client(),
                        reason,
                        detail);
                yield refused("the logout_token cannot be accepted");
            }
            case LogoutTokenResult.Valid valid -> end(request, provider, valid);
        };
    }

    /// The token is used up and its sessions end in one transaction: it works once, and not at all
    /// where that fails.
    private Response end(Request request, OpenIdProvider provider, LogoutTokenResult.Valid valid) {
        Cause cause =
                new Cause(
                        provider.issuer().value(),
                        EndReason.SIGNED_OUT_AT_PROVIDER,
                        request.client().toString());
        boolean isFirst =
                lifecycle.endSessions(
                        tx ->
                                uses.use(tx, provider.issuer(), valid)
                                        ? Optional.of(targets(tx, valid.target()))
                                        : Optional.empty(),
                        cause);
        return isFirst ? Response.empty(200) : refused("the logout_token was used before");
    }

    private List<LiveSession> targets(Handle tx, LogoutTarget target) {
        return switch (target) {
            case LogoutTarget.OneSession(Issuer issuer, String sid) ->
                    sessions.ofProviderSession(tx, issuer, sid);
            case LogoutTarget.SessionOf(Subject subject, String sid) ->
                    sessions.ofProviderSession(tx, subject.issuer(), sid).stream()
                            .filter(session -> isOf(tx, session, subject))
                            .toList();
            case LogoutTarget.EverySessionOf(Subject subject) ->
                    accounts.find(tx, subject)
                            .map(Account::id)
                            .map(account -> sessions.ofIssuer(tx, account, subject.issuer()))
                            .orElse(List.of());
        };
    }

    private boolean isOf(Handle tx, LiveSession session, Subject subject) {
        return accounts.find(tx, subject)
                .filter(account -> account.id().equals(session.account()))
                .isPresent();
    }

    /// The error's form is that of RFC 6749 section 5.2 (OIDC Back-Channel Logout section 2.8).
    private static Response refused(String description) {
        return Response.json(
                400,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error", "invalid_request")
                        .put("error_description", description));
    }
}
