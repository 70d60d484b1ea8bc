package dev.vestibule.testhouse.openid;

import dev.vestibule.testhouse.openid.ProviderOptions.Feature;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// The authorization endpoint: decides whether a session suffices, or somebody must be chosen.
final class AuthorizeEndpoint implements Handler {

    private final ProviderOptions options;
    private final AuthorizationRequests requests;
    private final ProviderSessions sessions;
    private final SignIn signIn;
    private final PersonChooser chooser;
    private final Callback callback;

    AuthorizeEndpoint(
            ProviderOptions options,
            AuthorizationRequests requests,
            ProviderSessions sessions,
            SignIn signIn,
            PersonChooser chooser,
            Callback callback) {
        this.options = options;
        this.requests = requests;
        this.sessions = sessions;
        this.signIn = signIn;
        this.chooser = chooser;
        this.callback = callback;
    }

    @Override
    public Answer handle(ProviderRequest request) {
        return switch (requests.read(request)) {
            case AuthorizationRequests.Reading.Good(var good) -> decide(good, request);
            case AuthorizationRequests.Reading.Bad(var bad, var error, var description) ->
                    callback.error(bad, error, description);
            case AuthorizationRequests.Reading.Untrusted(var reason) -> Pages.refusal(reason);
        };
    }

    /// OpenID Connect Core 3.1.2.3.
    private Answer decide(AuthorizationRequest request, ProviderRequest http) {
        Optional<ProviderSession> session =
                options.has(Feature.SINGLE_SIGN_ON)
                        ? sessions.find(http).filter(found -> isFreshEnough(found, request))
                        : Optional.empty();
        Set<String> prompt = request.prompt();
        if (prompt.contains("none")) {
            return session.map(found -> signIn.within(request, found))
                    .orElseGet(
                            () -> callback.error(request, "login_required", "nobody is here yet"));
        }
        if (prompt.contains("select_account")
                || (prompt.contains("login") && options.has(Feature.FORCED_SIGN_IN))) {
            return chooser.choose(request);
        }
        return session.map(found -> signIn.within(request, found))
                .orElseGet(() -> chooser.choose(request));
    }

    private boolean isFreshEnough(ProviderSession session, AuthorizationRequest request) {
        if (!options.has(Feature.FORCED_SIGN_IN)) {
            return true;
        }
        return request.parameter("max_age")
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .map(maxAge -> options.time().instant().isBefore(session.authTime().plus(maxAge)))
                .orElse(true);
    }
}
