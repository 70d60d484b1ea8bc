package dev.vestibule.oidc;

import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.oidc.Discovery.Extra;
import dev.vestibule.oidc.ProviderDocuments.Offers;
import dev.vestibule.oidc.RefreshedProof.GroupsToday;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// One OpenID provider that people sign in with; we are its relying party.
///
/// Safe to share between threads; every method may wait for the provider, ten seconds per request
/// at most, so call it on a virtual thread. Nothing is fetched before the first use, so a provider
/// that is down does not keep the gateway from starting. [#close()] breaks off what is under way.
public final class OpenIdProvider implements AutoCloseable {

    private final InstantSource time;
    private final Secrets secrets;
    private final OpenIdProviderConfig config;
    private final Issuer issuer;
    private final ProviderHttp http;
    private final DiscoveryReader reader;
    private final Cached<Discovery> discovery;
    private final Cached<VerificationKeys> keys;
    private final AuthorizationRequests requests;
    private final Liveness liveness;
    private final SignIn signIn;
    private final LogoutTokenVerifier logoutTokens;

    /// @throws OpenIdProviderMisconfigured where the configuration cannot work whatever the
    ///   provider says: a plain http issuer on another machine, an unknown algorithm, an unreadable
    ///   CA file or key
    public OpenIdProvider(InstantSource time, Secrets secrets, OpenIdProviderConfig config) {
        this(time, secrets, config, ProviderHttp.ANSWER_TIMEOUT);
    }

    /// Tests of slow providers do not wait for ten seconds.
    OpenIdProvider(
            InstantSource time,
            Secrets secrets,
            OpenIdProviderConfig config,
            Duration answerTimeout) {
        this.time = time;
        this.secrets = secrets;
        this.config = config;
        this.issuer = new Issuer(config.issuer().toString());
        ProviderAddress addresses = new ProviderAddress(config);
        addresses.requireUsableIssuer();
        ClientCredentials credentials = ClientCredentials.of(time, secrets, config);
        this.http = new ProviderHttp(config.id(), config.caFiles(), answerTimeout);
        this.reader = new DiscoveryReader(config, http, addresses);
        this.discovery = new Cached<>(time, "discovery of " + config.id(), reader::read);
        this.keys =
                new Cached<>(
                        time,
                        "jwks of " + config.id(),
                        () -> VerificationKeys.fetch(http, discovery.get().jwksUri()));
        SignatureVerifier signatures = new SignatureVerifier(keys);
        this.requests = new AuthorizationRequests(config, http, credentials);
        TokenEndpoint tokens = new TokenEndpoint(config.id(), http, credentials);
        IdTokenVerifier idTokens = new IdTokenVerifier(config, signatures);
        UserInfoEndpoint userInfo = new UserInfoEndpoint(http);
        this.liveness = new Liveness(config, tokens, idTokens, userInfo);
        this.signIn = new SignIn(config, tokens, idTokens, userInfo, liveness);
        this.logoutTokens = new LogoutTokenVerifier(config, signatures);
    }

    /// The configured short name, as it stands in our callback path.
    public String id() {
        return config.id();
    }

    /// What the button says.
    public String displayName() {
        return config.displayName();
    }

    public Issuer issuer() {
        return issuer;
    }

    /// What became of the last question to it. Never waits.
    public ProviderHealth health() {
        return http.health();
    }

    /// How long ago its last answer came; empty where none ever did. Never waits.
    public Optional<Duration> sinceAnswer() {
        return http.sinceAnswer();
    }

    /// How many questions to it got no answer that can be used.
    public long errorCount() {
        return http.errorCount();
    }

    /// How its documents were last had, and what they say. Never waits.
    public ProviderDocuments documents() {
        return new ProviderDocuments(
                discovery.health(), keys.health(), discovery.kept().map(OpenIdProvider::offers));
    }

    private static Offers offers(Discovery found) {
        return new Offers(
                found.offersBackChannelLogout(),
                found.offersOfflineAccess(),
                found.endpoint(Extra.END_SESSION).isPresent(),
                found.scopes());
    }

    /// Asks for its documents now; what comes of it is told by [#documents()].
    ///
    /// @return false where that was done a moment ago, so that it was not asked again
    public boolean ask() {
        boolean isAsked = discovery.ask();
        if (isAsked) {
            // False only where somebody else fetches them just now.
            var _ = keys.ask();
        }
        return isAsked;
    }

    /// Asks for the discovery document and the keys now, for `setup` and `doctor`: whoever asks
    /// tells what is wrong, so that nothing is logged.
    ///
    /// @throws OpenIdProviderUnavailable where the provider is away
    /// @throws OpenIdProviderMisconfigured with what does not fit
    public void probe() {
        Discovery found = reader.read();
        VerificationKeys published = VerificationKeys.fetch(http, found.jwksUri());
        if (found.algorithms().stream().noneMatch(published::haveOneFor)) {
            throw new OpenIdProviderMisconfigured(
                    "The provider "
                            + config.id()
                            + " publishes no key that its signatures can be checked with.");
        }
    }

    /// Begins a sign-in.
    ///
    /// @param redirectUri our callback for this provider, exactly as registered there
    /// @throws OpenIdProviderUnavailable where the provider is away
    /// @throws OpenIdProviderMisconfigured where it and the configuration do not fit together
    public AuthorizationStart begin(URI redirectUri, Prompt prompt) {
        PendingSignIn pending =
                new PendingSignIn(
                        new State(secrets.randomToken()),
                        new Nonce(secrets.randomToken()),
                        new CodeVerifier(secrets.randomToken()),
                        redirectUri,
                        issuer,
                        prompt,
                        time.instant());
        return new AuthorizationStart(
                requests.location(discovery.get(), pending), config.id(), pending);
    }

    /// Completes a sign-in. The caller has taken `pending` out of its store by the state and by the
    /// browser it belongs to, so that it is used once.
    ///
    /// @throws OpenIdProviderUnavailable where the provider is away and nothing can be judged
    /// @throws OpenIdProviderMisconfigured where it does not accept us as its client
    public SignInResult complete(AuthorizationResponseParameters response, PendingSignIn pending) {
        return signIn.complete(discovery.get(), response, pending, time.instant());
    }

    /// Whether a token that outlives the person's session at the provider is to be fetched after a
    /// sign-in, by another one with [Prompt#SILENT].
    ///
    /// @throws OpenIdProviderUnavailable where the provider is away
    public boolean wantsOfflineAccess() {
        return liveness.wantsOfflineAccess(discovery.get());
    }

    /// How the provider is asked later whether it still vouches for somebody.
    public LivenessConfig livenessConfig() {
        return config.liveness();
    }

    /// Asks whether a person is still welcome at the provider (OIDC Core section 12).
    ///
    /// @param refreshToken used up by this call where the provider rotates: store what comes back
    ///   before using it, and never ask twice at the same time with one token
    /// @throws OpenIdProviderUnavailable where the provider cannot be asked at all: nothing is
    ///   proven either way, and the token is as good as before
    /// @throws OpenIdProviderMisconfigured where it does not accept us as its client; as before
    public RefreshedProof refresh(Secret refreshToken, Subject expected) {
        requireOwn(expected);
        return liveness.refresh(discovery.get(), refreshToken, expected, time.instant());
    }

    /// Asks UserInfo for a person's groups, where a refreshed proof says so.
    ///
    /// @throws OpenIdProviderUnavailable where the provider is away
    public GroupsToday groups(GroupsToday.AskUserInfo question, Subject expected) {
        requireOwn(expected);
        return liveness.groups(discovery.get(), question.accessToken(), expected);
    }

    private void requireOwn(Subject person) {
        if (!person.issuer().equals(issuer)) {
            throw new IllegalStateException(
                    "a person of " + person.issuer() + " is asked for at " + issuer);
        }
    }

    /// Judges a back-channel logout token. Whether its `jti` was seen before is the caller's to
    /// know.
    ///
    /// @throws OpenIdProviderUnavailable where the keys cannot be had, so that nothing can be
    ///   judged
    public LogoutTokenResult verifyLogoutToken(String logoutToken) {
        return logoutTokens.verify(logoutToken, discovery.get().algorithms(), time.instant());
    }

    /// Where to send a browser so that the session at the provider ends too; empty where the
    /// provider has no such place.
    ///
    /// @param returnTo registered at the provider as a place to return to
    public Optional<RpInitiatedLogout> logout(URI returnTo) {
        return discovery
                .get()
                .endpoint(Extra.END_SESSION)
                .map(
                        endpoint ->
                                RpInitiatedLogout.at(
                                        endpoint,
                                        config.clientId(),
                                        returnTo,
                                        new State(secrets.randomToken())));
    }

    @Override
    public void close() {
        http.close();
    }
}
