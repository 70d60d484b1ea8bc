package dev.vestibule;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.FreshSignIn;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.ListenConfig;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.ProviderOptions;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A [GatewayHouse] with a scripted OpenID provider that knows Ada the administrator, Ben of the
/// family, Vic, who may only look, and Sam, who has no role here.
public final class TestHouse extends GatewayHouse {

    private static final String CLIENT_SECRET = "the-secret-of-this-client";
    private static final Pattern CHOICE =
            Pattern.compile("href=\"(/auth/vestibule/sign-in/op\\?choice=[^\"]+)\"");
    private static final RolesConfig ROLES =
            new RolesConfig(Set.of("admins"), Set.of("family"), Set.of("guests"), List.of());

    private final ScriptedOpenIdProvider provider;

    public TestHouse() {
        this(Plan.USUAL);
    }

    TestHouse(Plan plan) {
        this(plan, LivenessConfig.DEFAULTS);
    }

    /// @param ways changes what is switched on of the ways in
    public TestHouse(UnaryOperator<SignInConfig> ways) {
        this(Plan.USUAL.changed(SignInChange.of(ways)));
    }

    /// @param clients who may ask for access besides our own pages
    public TestHouse(ClientsConfig clients) {
        this(Plan.USUAL.changed(ClientsChange.of(clients)));
    }

    /// @param liveness how the provider is asked about people who signed in
    public TestHouse(LivenessConfig liveness) {
        this(Plan.USUAL, liveness);
    }

    /// @param scim how people whom a SCIM client sends are those who sign in
    public TestHouse(ScimConfig scim) {
        this(Plan.USUAL, LivenessConfig.DEFAULTS, scim);
    }

    TestHouse(Plan plan, LivenessConfig liveness) {
        this(plan, liveness, ScimConfig.DEFAULTS);
    }

    TestHouse(Plan plan, LivenessConfig liveness, ScimConfig scim) {
        this(
                newHomeAssistant(),
                plan,
                ProviderOptions.defaults(),
                config -> asked(config, liveness, scim));
        expectConnected();
    }

    private TestHouse(Plan plan, ProviderOptions options, FreshSignIn proof) {
        this(newHomeAssistant(), plan, options, config -> proven(config, proof));
        expectConnected();
    }

    /// With a provider that tells nobody when a person signed in.
    ///
    /// @param proof what the configuration takes for a fresh sign-in
    static TestHouse atGoogle(FreshSignIn proof, UnaryOperator<SignInConfig> ways) {
        return new TestHouse(
                Plan.USUAL.changed(SignInChange.of(ways)),
                ProviderOptions.defaults().likeGoogle(),
                proof);
    }

    /// One that says how it is at [#managementAddress].
    public static TestHouse watched() {
        return new TestHouse(Plan.USUAL.changed(ManagementChange.on()));
    }

    /// A gateway with a second home, the `cabin`, where nobody here is an administrator.
    public static TestHouse withACabin() {
        return new TestHouse(Plan.USUAL.changed(Cabin::beside));
    }

    private static ScriptedHomeAssistant newHomeAssistant() {
        return ScriptedHomeAssistant.start(HomeOptions.defaults().withPort(LoopbackPort.free()));
    }

    /// Behind a reverse proxy, at whose address people come. Home Assistant trusts the gateway.
    ///
    /// @param origin where the proxy is
    /// @param port where the gateway listens, on 127.0.0.1
    /// @param network whom the gateway believes about addresses
    public static TestHouse behind(Origin origin, int port, NetworkConfig network) {
        return behind(origin, port, network, UnaryOperator.identity());
    }

    /// As [#behind(Origin, int, NetworkConfig)], with other ways in.
    public static TestHouse behind(
            Origin origin, int port, NetworkConfig network, UnaryOperator<SignInConfig> ways) {
        return at(origin, new ListenConfig("127.0.0.1", port), network, ways);
    }

    /// Where people come by another address than the usual one.
    ///
    /// @param origin what they come by
    /// @param listen how the gateway listens
    static TestHouse at(
            Origin origin,
            ListenConfig listen,
            NetworkConfig network,
            UnaryOperator<SignInConfig> ways) {
        HomeOptions home = HomeOptions.defaults().withForwardedHeadersTrusted(true);
        TestHouse house =
                new TestHouse(
                        origin,
                        ScriptedHomeAssistant.start(home.withPort(LoopbackPort.free())),
                        Plan.USUAL.changed(
                                config ->
                                        SignInChange.of(ways)
                                                .apply(listening(config, listen, network))),
                        ProviderOptions.defaults(),
                        UnaryOperator.identity());
        house.expectConnected();
        return house;
    }

    private static GatewayConfig listening(
            GatewayConfig config, ListenConfig listen, NetworkConfig network) {
        return new GatewayConfig(
                listen,
                config.dataDirectory(),
                config.masterKeyFiles(),
                network,
                config.homes(),
                config.providers(),
                config.assertions(),
                config.trustedHeaders(),
                config.deprovisioning(),
                config.limits(),
                config.management(),
                config.audit(),
                config.log());
    }

    /// Before a Home Assistant that may be in trouble.
    ///
    /// @param homeAssistant is closed with the house
    TestHouse(ScriptedHomeAssistant homeAssistant, Plan plan) {
        this(homeAssistant, plan, ProviderOptions.defaults(), UnaryOperator.identity());
    }

    private TestHouse(
            ScriptedHomeAssistant homeAssistant,
            Plan plan,
            ProviderOptions options,
            UnaryOperator<OpenIdProviderConfig> changes) {
        this(freeOrigin(), homeAssistant, plan, options, changes);
    }

    private TestHouse(
            Origin origin,
            ScriptedHomeAssistant homeAssistant,
            Plan plan,
            ProviderOptions options,
            UnaryOperator<OpenIdProviderConfig> changes) {
        ScriptedOpenIdProvider provider =
                ScriptedOpenIdProvider.start(options.withPort(LoopbackPort.free()));
        OpenIdProviderConfig config = changes.apply(furnish(origin, provider));
        super(origin, List.of(config), ROLES, homeAssistant, plan);
        this.provider = provider;
    }

    private static OpenIdProviderConfig furnish(Origin origin, ScriptedOpenIdProvider provider) {
        OpenIdProviderConfig config =
                OpenIdProviderConfig.of(
                        "op",
                        provider.issuer(),
                        "vestibule",
                        new ClientAuthentication.SecretBasic(new Secret(CLIENT_SECRET)));
        provider.register(
                RegisteredClient.secretBasic(
                                config.clientId(), CLIENT_SECRET, config.redirectUri(origin))
                        .withPostLogoutRedirectUri(origin.resolve("/auth/vestibule/sign-out")));
        provider.addPerson(Person.of("ada", "Ada").withGroups("admins"));
        provider.addPerson(Person.of("ben", "Ben").withGroups("family"));
        provider.addPerson(Person.of("vic", "Vic").withGroups("guests"));
        provider.addPerson(Person.of("sam", "Sam").withGroups("others"));
        return config;
    }

    public ScriptedOpenIdProvider provider() {
        return provider;
    }

    public SignedIn signIn(VisitorBrowser browser, String subject) {
        provider.signInAutomaticallyAs(subject);
        return redeem(browser, codeIn(throughTheProvider(browser)));
    }

    /// Where other ways in are switched on, the browser comes to a page first.
    Answer throughTheProvider(VisitorBrowser browser) {
        Answer answer = browser.walk(authorizeAddress(), landing());
        Matcher link = CHOICE.matcher(answer.body());
        return link.find() ? browser.walk(at(link.group(1)), landing()) : answer;
    }

    @Override
    public void close() {
        super.close();
        provider.close();
    }
}
