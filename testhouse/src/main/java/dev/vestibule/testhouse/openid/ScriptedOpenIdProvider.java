package dev.vestibule.testhouse.openid;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An OpenID provider on a loopback port: correct by default, and a liar when told to be.
///
/// It may be scripted from any thread while it serves. Whoever starts it closes it. Every client
/// and every person must be made known first; until [#signInAutomaticallyAs] is called, a page asks
/// who is signing in.
public final class ScriptedOpenIdProvider implements AutoCloseable {

    private final Script script = new Script();
    private final RequestLog requestLog = new RequestLog();
    private final Clients clients = new Clients();
    private final People people = new People();
    private final KeyRing keys;
    private final Issuers issuers;
    private final ProviderSessions sessions;
    private final Grants grants;
    private final SignIn signIn;
    private final PersonChooser chooser;
    private final LogoutTokens logoutTokens;
    private final BackChannel backChannel = new BackChannel();
    private final FrontDoor frontDoor;
    private final Listener elsewhere;

    private ScriptedOpenIdProvider(ProviderOptions options) {
        this.keys = new KeyRing(options.signingAlgorithm());
        this.grants = new Grants(options);
        var strayDoor = new StrayDoor(requestLog);
        this.elsewhere = Listener.open(0, strayDoor);
        this.frontDoor = FrontDoor.open(options, script, requestLog);
        this.issuers =
                new Issuers(
                        URI.create(
                                "http://%s:%d%s"
                                        .formatted(
                                                options.hostName(),
                                                frontDoor.port(),
                                                options.path())),
                        URI.create("http://localhost:" + elsewhere.port()));
        this.sessions = new ProviderSessions(options.time(), frontDoor.port());
        var callback = new Callback(options, issuers, script);
        this.signIn = new SignIn(options.time(), people, sessions, callback);
        this.chooser = new PersonChooser(options.time(), people, issuers, signIn, callback);
        var signer = new TokenSigner(keys, issuers);
        this.logoutTokens = new LogoutTokens(options.time(), issuers, keys, signer);
        var discovery = new DiscoveryEndpoint(options, issuers, script);
        strayDoor.opens(new Elsewhere(discovery, keys));
        frontDoor.opens(handlers(options, callback, signer, discovery));
    }

    public static ScriptedOpenIdProvider start() {
        return start(ProviderOptions.defaults());
    }

    public static ScriptedOpenIdProvider start(ProviderOptions options) {
        return new ScriptedOpenIdProvider(options);
    }

    private Map<Endpoint, Handler> handlers(
            ProviderOptions options,
            Callback callback,
            TokenSigner signer,
            DiscoveryEndpoint discovery) {
        var time = options.time();
        var authenticator =
                new ClientAuthenticator(clients, new ClientAssertions(time, clients, issuers));
        var requests =
                new AuthorizationRequests(
                        clients,
                        new Tickets<>(time, Duration.ofSeconds(ParEndpoint.LIFETIME_SECONDS)));
        var idTokens = new IdTokens(options, issuers, script, signer);
        var answers = new TokenAnswers(options, grants, idTokens, issuers, script);
        Handler par =
                options.has(ProviderOptions.Feature.PAR)
                        ? new ParEndpoint(authenticator, requests)
                        : _ -> Answer.page(404);
        return Map.of(
                Endpoint.DISCOVERY, discovery,
                Endpoint.JWKS, new KeySetEndpoint(keys, issuers, script),
                Endpoint.AUTHORIZE,
                        new AuthorizeEndpoint(
                                options, requests, sessions, signIn, chooser, callback),
                Endpoint.CHOOSE, chooser,
                Endpoint.PAR, par,
                Endpoint.TOKEN,
                        new TokenEndpoint(authenticator, signIn, grants, people, answers, script),
                Endpoint.USER_INFO, new UserInfoEndpoint(grants, people, issuers, script),
                Endpoint.END_SESSION,
                        new EndSessionEndpoint(clients, sessions, keys, issuers, script));
    }

    /// The issuer, to be configured at relying parties.
    public URI issuer() {
        return issuers.own();
    }

    /// The full address of an endpoint.
    public URI uri(Endpoint endpoint) {
        return URI.create(issuers.endpoint(endpoint));
    }

    /// Makes a relying party known, or replaces the one with the same id.
    public void register(RegisteredClient client) {
        clients.register(client);
    }

    /// Makes a person known, or replaces the one with the same subject.
    public void addPerson(Person person) {
        people.add(person);
    }

    /// Switches a person off: no sign-in, no refresh, no UserInfo, no session any more.
    public void disable(String subject) {
        people.setEnabled(subject, false);
        sessions.endAllOf(subject);
        signIn.forget(subject);
        grants.revokeAllOf(subject);
    }

    /// Switches a person off as Keycloak does: the refresh token is refused in so many words, is
    /// not used up by that, and is good again once the person is enabled.
    public void disableInWords(String subject) {
        people.setEnabled(subject, false);
    }

    /// Ends a person's sessions and refresh tokens here; they may sign in again.
    public void signOut(String subject) {
        sessions.endAllOf(subject);
        grants.revokeAllOf(subject);
    }

    public void enable(String subject) {
        people.setEnabled(subject, true);
    }

    /// The groups that the next tokens and UserInfo answers carry.
    public void setGroups(String subject, List<String> groups) {
        people.setGroups(subject, groups);
    }

    /// From now on this person signs in without a page. A browser that has a session of somebody
    /// else here keeps it, as with any provider, unless the client asks with `prompt=login`.
    public void signInAutomaticallyAs(String subject) {
        chooser.always(subject);
    }

    /// From now on a page asks who is signing in.
    public void choosePersonByPage() {
        chooser.byPage();
    }

    /// The `sid` of each of a person's live sessions here, oldest first.
    public List<String> sessionIds(String subject) {
        return sessions.sids(subject);
    }

    /// Tells this lie, and no other, until another is told or [#tellTheTruth] is called.
    public void lie(Lie lie) {
        script.lie(lie);
    }

    /// Tells several lies at once; of each kind the first one counts.
    public void lie(List<Lie> lies) {
        script.lie(lies.toArray(Lie[]::new));
    }

    public void tellTheTruth() {
        script.lie();
    }

    /// Changes the signing key; the old one stays in the JWKS.
    public void rotateKeys() {
        rotateKeys(OldKey.KEPT);
    }

    public void rotateKeys(OldKey oldKey) {
        keys.rotate(oldKey);
    }

    /// What came in since the start or the last [#clearRequests], in order of arrival.
    public List<ProviderRequest> requests() {
        return requestLog.all();
    }

    public List<ProviderRequest> requests(Endpoint endpoint) {
        return requestLog.all().stream().filter(one -> one.endpoint() == endpoint).toList();
    }

    /// How many requests an endpoint got; [Endpoint#ELSEWHERE] counts those who were led astray.
    public int count(Endpoint endpoint) {
        return requests(endpoint).size();
    }

    public void clearRequests() {
        requestLog.clear();
    }

    /// Closes the port and every connection; what is known and issued stays.
    public void goAway() {
        frontDoor.close();
    }

    /// Listens again, on the same port.
    public void comeBack() {
        frontDoor.reopen();
    }

    /// Makes an endpoint wait before it answers; [Duration#ZERO] ends that.
    public void slow(Endpoint endpoint, Duration delay) {
        script.slow(endpoint, delay);
    }

    /// Sends an honest logout token.
    ///
    /// @param subject the person, or null to name only the session
    /// @param sid the session at the provider, or null to name only the person
    /// @return the status of the client's answer
    public int backChannelLogout(
            String clientId, URI target, @Nullable String subject, @Nullable String sid) {
        return backChannel.post(target, logoutToken(clientId, subject, sid)).statusCode();
    }

    /// Sends a dishonest or odd logout token; of a replayed one the second answer counts.
    public int backChannelLogout(
            String clientId,
            URI target,
            @Nullable String subject,
            @Nullable String sid,
            LogoutLie lie) {
        String logoutToken = logoutToken(clientId, subject, sid, lie);
        if (lie == LogoutLie.NO_TOKEN) {
            return backChannel.postForm(target, "").statusCode();
        }
        if (lie == LogoutLie.REPLAYED) {
            var _ = postLogoutToken(target, logoutToken);
        }
        return postLogoutToken(target, logoutToken).statusCode();
    }

    /// Posts any logout token, for who wants to see the whole answer.
    public HttpResponse<String> postLogoutToken(URI target, String logoutToken) {
        return backChannel.post(target, logoutToken);
    }

    public String logoutToken(String clientId, @Nullable String subject, @Nullable String sid) {
        return logoutTokens.write(
                clients.get(clientId),
                Optional.ofNullable(subject),
                Optional.ofNullable(sid),
                Optional.empty());
    }

    public String logoutToken(
            String clientId, @Nullable String subject, @Nullable String sid, LogoutLie lie) {
        return logoutTokens.write(
                clients.get(clientId),
                Optional.ofNullable(subject),
                Optional.ofNullable(sid),
                Optional.of(lie));
    }

    @Override
    public void close() {
        frontDoor.close();
        elsewhere.close();
        backChannel.close();
        keys.close();
    }
}
