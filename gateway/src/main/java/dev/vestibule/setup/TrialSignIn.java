package dev.vestibule.setup;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Parameters;
import dev.vestibule.oidc.AuthorizationResponseParameters;
import dev.vestibule.oidc.AuthorizationStart;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.OpenIdProviderMisconfigured;
import dev.vestibule.oidc.OpenIdProviderProblem;
import dev.vestibule.oidc.OpenIdProviderUnavailable;
import dev.vestibule.oidc.PendingSignIn;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.oidc.RejectionReason;
import dev.vestibule.oidc.SignInResult;
import dev.vestibule.oidc.State;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.secret.Secrets;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.Optional;

/// A sign-in before there is a gateway: the operator opens an address, signs in, and brings back
/// the address at which the browser ended, where nothing listens yet. It goes through the checks of
/// every other sign-in, lets nobody in and keeps nothing.
///
/// An answer is used up by judging it: [#address] is another one then. Used by one thread at a
/// time, which closes it; the methods wait for the provider.
public final class TrialSignIn implements AutoCloseable {

    private final OpenIdProvider provider;
    private final URI redirectUri;
    private Optional<AuthorizationStart> begun = Optional.empty();

    /// @throws OpenIdProviderMisconfigured where the configuration cannot work whatever the
    ///   provider says
    public TrialSignIn(
            InstantSource time, Secrets secrets, OpenIdProviderConfig config, Origin publicUrl) {
        this.provider = new OpenIdProvider(time, secrets, config);
        this.redirectUri = config.redirectUri(publicUrl);
    }

    /// The address to open: the same until an answer to it was judged. Where the provider takes
    /// such questions beforehand, a wrong client, secret or redirect URI shows here already.
    public Judged<URI> address() {
        try {
            AuthorizationStart start = begun.orElseGet(this::begin);
            begun = Optional.of(start);
            return Judged.fits(start.location());
        } catch (OpenIdProviderProblem problem) {
            return unfit(problem);
        }
    }

    /// What the answer that is waited for is known by; empty where none is.
    public Optional<State> awaited() {
        return begun.map(AuthorizationStart::pending).map(PendingSignIn::state);
    }

    private AuthorizationStart begin() {
        return provider.begin(redirectUri, Prompt.AS_NEEDED);
    }

    /// @param address the whole address line at which the browser ended
    public Judged<VerifiedIdentity> finish(String address) {
        Optional<URI> ended = parse(address.strip());
        if (ended.filter(this::isOurCallback).isEmpty()) {
            return Judged.unfit(Flaw.TRIAL_NOT_THE_ANSWER, redirectUri.toString());
        }
        try {
            String query = ended.map(URI::getRawQuery).orElse("");
            return finish(new AuthorizationResponseParameters(Parameters.parse(query)));
        } catch (BadRequest unreadable) {
            return Judged.unfit(Flaw.TRIAL_NOT_THE_ANSWER, redirectUri.toString());
        }
    }

    private static Optional<URI> parse(String address) {
        try {
            return Optional.of(new URI(address));
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    private boolean isOurCallback(URI address) {
        return Origin.of(address).equals(Origin.of(redirectUri))
                && redirectUri.getRawPath().equals(address.getRawPath());
    }

    /// As [#finish(String)], where the browser's request arrived.
    public Judged<VerifiedIdentity> finish(AuthorizationResponseParameters response) {
        Optional<PendingSignIn> awaited = begun.map(AuthorizationStart::pending);
        if (awaited.isEmpty() || !response.state().equals(awaited.map(PendingSignIn::state))) {
            return Judged.unfit(Flaw.TRIAL_OTHER_STATE);
        }
        begun = Optional.empty();
        return complete(response, awaited.get());
    }

    private Judged<VerifiedIdentity> complete(
            AuthorizationResponseParameters response, PendingSignIn awaited) {
        try {
            return switch (provider.complete(response, awaited)) {
                case SignInResult.Verified(var identity) -> Judged.fits(identity);
                case SignInResult.RefusedByProvider(var code) ->
                        Judged.unfit(Flaw.TRIAL_REFUSED, code);
                case SignInResult.Rejected(var reason, _)
                        when reason == RejectionReason.CODE_REFUSED ->
                        Judged.unfit(Flaw.TRIAL_CODE_REFUSED);
                case SignInResult.Rejected(var reason, var detail) ->
                        Judged.unfit(Flaw.TRIAL_NOT_BELIEVED, reason + ", " + detail);
            };
        } catch (OpenIdProviderProblem problem) {
            return unfit(problem);
        }
    }

    private static <T> Judged<T> unfit(OpenIdProviderProblem problem) {
        Flaw flaw =
                switch (problem) {
                    case OpenIdProviderMisconfigured _ -> Flaw.TRIAL_CLIENT_REFUSED;
                    case OpenIdProviderUnavailable _ -> Flaw.PROVIDER_UNFIT;
                };
        return Judged.unfit(flaw, String.valueOf(problem.getMessage()));
    }

    @Override
    public void close() {
        provider.close();
    }
}
