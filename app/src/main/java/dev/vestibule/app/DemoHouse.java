package dev.vestibule.app;

import dev.vestibule.Gateway;
import dev.vestibule.cli.ControlCommands;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.AssertionConfig;
import dev.vestibule.config.AssertionPreset;
import dev.vestibule.config.ClaimPaths;
import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.KioskConfig;
import dev.vestibule.config.ListenConfig;
import dev.vestibule.config.ManagementConfig;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.network.Cidr;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.ProviderOptions;
import dev.vestibule.testhouse.openid.ProviderOptions.Feature;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;
import dev.vestibule.testhouse.proxy.ScriptedProxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A gateway between a simulated Home Assistant and a demo identity provider, on loopback, in a
/// data directory that goes away with it.
final class DemoHouse implements AutoCloseable {

    static final String ADMINISTRATOR = "ada";
    static final String FAMILY_MEMBER = "ben";
    static final String GUEST = "gwen";
    static final String STRANGER = "sam";

    /// Where the wall tablet of the hallway is.
    static final InetAddress HALLWAY = InetAddress.ofLiteral("127.0.0.3");

    /// A place in the house's own network.
    static final InetAddress LIVING_ROOM = InetAddress.ofLiteral("127.0.0.2");

    /// What a proxy in front of the house writes its word into.
    static final String ASSERTION = "X-Demo-Assertion";

    private static final String CLIENT_ID = "vestibule-demo";

    private final Origin origin;
    private final Path data;
    private final ScriptedHomeAssistant home;
    private final ScriptedOpenIdProvider provider;
    private final ScriptedProxy proxy;
    private final Gateway gateway;

    private DemoHouse(
            Origin origin,
            Path data,
            ScriptedHomeAssistant home,
            ScriptedOpenIdProvider provider,
            ScriptedProxy proxy,
            Gateway gateway) {
        this.origin = origin;
        this.data = data;
        this.home = home;
        this.provider = provider;
        this.proxy = proxy;
        this.gateway = gateway;
    }

    /// @param recordBytesMax how much of what Home Assistant receives is kept to be looked at
    /// @throws dev.vestibule.gate.PortUnavailable where the port cannot be had
    static DemoHouse start(int port, long recordBytesMax) {
        return start(port, recordBytesMax, UnaryOperator.identity());
    }

    /// @param variation makes another home of the usual one
    static DemoHouse start(int port, long recordBytesMax, UnaryOperator<HomeConfig> variation) {
        Origin origin = new Origin("http", "localhost", port);
        Path data = temporaryDirectory();
        ScriptedHomeAssistant home =
                ScriptedHomeAssistant.start(
                        HomeOptions.defaults()
                                .withExternalUrl(origin.toString())
                                .withRecordBytesMax(recordBytesMax));
        ScriptedOpenIdProvider provider =
                ScriptedOpenIdProvider.start(
                        // Whoever tries it wants to be somebody else the next time.
                        ProviderOptions.defaults().without(Feature.SINGLE_SIGN_ON));
        Secret clientSecret = new Secrets().randomToken();
        provider.register(
                RegisteredClient.secretBasic(
                                CLIENT_ID,
                                clientSecret.reveal(),
                                origin.resolve("/auth/vestibule/callback/demo"))
                        .withPostLogoutRedirectUri(origin.resolve("/auth/vestibule/sign-out")));
        people().forEach(provider::addPerson);
        ScriptedProxy proxy = ScriptedProxy.start(InstantSource.system());
        try {
            Gateway gateway =
                    Gateway.start(
                            InstantSource.system(),
                            config(
                                    origin,
                                    data,
                                    variation.apply(homeConfig(origin, home)),
                                    provider,
                                    clientSecret,
                                    proxy));
            return new DemoHouse(origin, data, home, provider, proxy, gateway);
        } catch (RuntimeException failed) {
            proxy.close();
            provider.close();
            home.close();
            delete(data);
            throw failed;
        }
    }

    private static List<Person> people() {
        return List.of(
                Person.of(ADMINISTRATOR, "Ada")
                        .withGroups("house-admins", "family")
                        .withNote("runs the house: becomes an administrator of Home Assistant"),
                Person.of(FAMILY_MEMBER, "Ben")
                        .withGroups("family")
                        .withNote("lives here: switches the lights"),
                Person.of(GUEST, "Gwen")
                        .withGroups("guests")
                        .withNote("is a guest: may look, and switch nothing"),
                Person.of(STRANGER, "Sam")
                        .withGroups("colleagues")
                        .withNote("is from work: has no access to this house"));
    }

    private static HomeConfig homeConfig(Origin origin, ScriptedHomeAssistant home) {
        return new HomeConfig(
                Defaults.HOME_NAME,
                origin,
                List.of(),
                false,
                new HomeAssistantConfig(
                        home.url(), new Secret(home.administratorToken()), List.of()),
                new RolesConfig(
                        Set.of("house-admins"), Set.of("family"), Set.of("guests"), List.of()),
                Defaults.ROUTES,
                Defaults.SESSION,
                Defaults.APPS,
                waysIn(),
                clients(),
                Defaults.EXISTING_TOKENS,
                Defaults.LONG_LIVED_TOKENS,
                Defaults.WEBHOOK_MIGRATION);
    }

    private static NetworkConfig network() {
        NetworkConfig usual = Defaults.NETWORK;
        return new NetworkConfig(
                usual.trustedProxies(),
                List.of(Cidr.around(LIVING_ROOM, 32)),
                usual.clientCertificateProxies());
    }

    /// A wall tablet beside the provider.
    private static SignInConfig waysIn() {
        SignInConfig usual = Defaults.SIGN_IN;
        return new SignInConfig(
                usual.localLogin(),
                usual.linking(),
                usual.passkeys(),
                usual.apps(),
                usual.breakGlass(),
                List.of(
                        new KioskConfig(
                                "hallway",
                                List.of(Cidr.around(HALLWAY, 32)),
                                KioskConfig.DeviceKey.OFF,
                                Role.USER,
                                List.of())));
    }

    /// People are asked about programs that nobody listed.
    private static ClientsConfig clients() {
        return new ClientsConfig(List.of(), List.of(), List.of(), ClientsConfig.UnknownClients.ASK);
    }

    /// The proxy's word counts.
    private static AssertionConfig believing(ScriptedProxy proxy) {
        return new AssertionConfig(
                "proxy",
                AssertionPreset.GENERIC,
                ASSERTION,
                ScriptedProxy.ISSUER,
                List.of(ScriptedProxy.AUDIENCE),
                List.of(proxy.keys()),
                List.of(),
                Set.of("ES256"),
                AssertionConfig.DEFAULT_CLOCK_LEEWAY,
                ClaimPaths.DEFAULTS,
                List.of(),
                false,
                List.of());
    }

    private static GatewayConfig config(
            Origin origin,
            Path data,
            HomeConfig home,
            ScriptedOpenIdProvider provider,
            Secret clientSecret,
            ScriptedProxy proxy) {
        return new GatewayConfig(
                new ListenConfig("127.0.0.1", origin.port()),
                data,
                List.of(),
                network(),
                List.of(home),
                List.of(
                        OpenIdProviderConfig.of(
                                "demo",
                                provider.issuer(),
                                CLIENT_ID,
                                new ClientAuthentication.SecretBasic(clientSecret))),
                List.of(believing(proxy)),
                List.of(),
                Defaults.DEPROVISIONING,
                Defaults.LIMITS,
                ManagementConfig.OFF,
                Defaults.AUDIT,
                Defaults.LOG);
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("vestibule-demo");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    Origin origin() {
        return origin;
    }

    ScriptedHomeAssistant home() {
        return home;
    }

    ScriptedOpenIdProvider provider() {
        return provider;
    }

    /// A proxy in front, whose signed word is believed.
    ScriptedProxy proxy() {
        return proxy;
    }

    /// What the operator of this gateway may ask of it.
    ControlCommands commands() {
        return gateway.commands();
    }

    /// Where identity systems send people to.
    URI scim() {
        return origin.resolve("/scim/v2");
    }

    /// Adds a SCIM client that sends the people of the demo provider.
    ///
    /// @return its token
    Secret addScimClient(String name) {
        return switch (commands().scimClients().add(name, "", List.of())) {
            case ControlOutcome.NewToken(var token, _) -> token;
            case ControlOutcome.Done _, ControlOutcome.Refused _ ->
                    throw new IllegalStateException("no SCIM client was added: " + name);
        };
    }

    /// The provider tells the gateway that somebody signed out there.
    ///
    /// @return the status of the gateway's answer
    int sayLoggedOut(String subject) {
        return provider.backChannelLogout(
                CLIENT_ID,
                origin.resolve("/auth/vestibule/back-channel-logout/demo"),
                subject,
                null);
    }

    @Override
    public void close() {
        gateway.close();
        proxy.close();
        provider.close();
        home.close();
        delete(data);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
