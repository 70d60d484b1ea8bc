package dev.vestibule.gate;

import dev.vestibule.Routes;
import dev.vestibule.Routes.ConsoleHandlers;
import dev.vestibule.Routes.LocalHandlers;
import dev.vestibule.Routes.OwnHandlers;
import dev.vestibule.Routes.PasskeyHandlers;
import dev.vestibule.Routes.ProfileHandlers;
import dev.vestibule.Routes.ShellHandlers;
import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.audit.AuthenticationFailures;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.ExistingTokens;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.ListenConfig;
import dev.vestibule.config.LongLivedTokens;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.config.TlsConfig;
import dev.vestibule.connection.Connections;
import dev.vestibule.connection.Shares;
import dev.vestibule.grant.IssuedGrant;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.TokenJudge;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.http.Guard;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.metric.Meters;
import dev.vestibule.network.CertificateForm;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientAddressResolver;
import dev.vestibule.network.ClientCertificateResolver;
import dev.vestibule.policy.AccessPolicy;
import dev.vestibule.policy.BrowserIds;
import dev.vestibule.policy.Callers;
import dev.vestibule.policy.CapabilityTokens;
import dev.vestibule.policy.Places;
import dev.vestibule.policy.Presence;
import dev.vestibule.policy.Route;
import dev.vestibule.policy.RouteTable;
import dev.vestibule.policy.UpstreamRule;
import dev.vestibule.policy.Webhooks;
import dev.vestibule.proxy.EventLoops;
import dev.vestibule.proxy.ForwardRules;
import dev.vestibule.proxy.SocketRelay;
import dev.vestibule.proxy.SocketRequest;
import dev.vestibule.proxy.Upstream;
import dev.vestibule.proxy.UpstreamAddress;
import dev.vestibule.proxy.WebhookLearner;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.SessionService.NewSession;
import dev.vestibule.tls.ServerTls;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

/// A door with everything behind it, on a loopback port, in front of a [RecordingHome].
final class TestGate implements AutoCloseable {

    static final String HOST = "home.example";
    private static final Duration CERTIFICATE_SEEN_EVERY = Duration.ofMillis(20);
    private static final RoutesConfig DEFAULT_ROUTES =
            new RoutesConfig(
                    RoutesConfig.Shell.CACHED,
                    RoutesConfig.PublicFiles.SESSION,
                    RoutesConfig.Capability.KNOWN);

    final TestFacts facts = new TestFacts();
    final Meters meters = new Meters();
    final RecordingHome home = RecordingHome.start();
    final BrowserIds browsers = new BrowserIds(facts.secrets);
    final Account ada = facts.admit("ada");
    final NewSession session = facts.begin(ada);
    final IssuedGrant grant = facts.issue(ada, session, "ada");
    final List<SocketRequest> sockets = new CopyOnWriteArrayList<>();
    final List<Request> seenByHandlers = new CopyOnWriteArrayList<>();
    final List<String> learnedWebhooks = new CopyOnWriteArrayList<>();

    private final EventLoops loops;
    private final Upstream upstream;
    private final Listener listener;
    private final Door door;
    private final List<Route> routes;
    private final HeldBytes held;
    private final @Nullable SSLContext client;
    private final List<ServerTls> endings = new ArrayList<>();

    /// What a test sets otherwise than a house has it.
    static final class Setting {
        RoutesConfig routes = DEFAULT_ROUTES;
        List<Cidr> lan = List.of();
        List<Cidr> trustedProxies = List.of();
        Map<InetAddress, CertificateForm> certificateProxies = Map.of();
        TokenJudge judge = (home, token, from) -> new TokenJudgement.Dead();
        @Nullable BiFunction<HomeId, String, Webhooks.Judgement> webhooks;
        CapabilityTokens capabilities = (home, kind, id, token) -> false;
        Places places = places((account, client) -> true);
        UpstreamRule upstream = UpstreamRule.NONE;
        boolean namesClient = true;
        int upstreamConnections = 100;
        int connections = 1_000;
        int connectionsOfAddress = 1_000;
        int heldBytes = HeldBytes.MAX;
        @Nullable Function<TestGate, SocketRelay> relay;
        int workers = 64;
        Deadlines deadlines = Deadlines.DEFAULT;
        int homePort;
        Supplier<EventLoops> loops = () -> new EventLoops(1);
        String listen = "127.0.0.1";
        int port;
        TlsConfig tls = TlsConfig.OFF;
        @Nullable SSLContext client;
        Guard guard = head -> Optional.empty();
        Handler handler = request -> Response.text(200, "own");
        boolean mayRegister = true;
        final Shares unowned = new Shares();
        BiConsumer<LiveGrant, Secret> learner = (grant, id) -> {};
    }

    /// @param only the one who may come in from home only
    static Places onlyAtHome(Supplier<AccountId> only, List<Cidr> lan) {
        return places(
                (account, client) ->
                        !account.equals(only.get())
                                || (client instanceof ClientAddress.Known(var address)
                                        && lan.stream()
                                                .anyMatch(network -> network.contains(address))));
    }

    private static Places places(BiPredicate<AccountId, ClientAddress> isAllowed) {
        return new Places() {
            @Override
            public Optional<Verdict> known(HomeId home, AccountId account, Presence presence) {
                return isAllowed.test(account, presence.client())
                        ? Optional.of(Verdict.HERE)
                        : Optional.empty();
            }

            @Override
            public Verdict judge(HomeId home, AccountId account, Presence presence) {
                return isAllowed.test(account, presence.client())
                        ? Verdict.HERE
                        : Verdict.NOT_AT_HOME;
            }

            @Override
            public Optional<Verdict> foresee(HomeId home, AccountId account, Presence presence) {
                return Optional.of(judge(home, account, presence));
            }
        };
    }

    TestGate() {
        this(new Setting());
    }

    TestGate(Setting setting) {
        loops = setting.loops.get();
        held = new HeldBytes(setting.heldBytes);
        client = setting.client;
        int port = setting.homePort == 0 ? home.port() : setting.homePort;
        upstream =
                new Upstream(
                        loops,
                        new UpstreamAddress(
                                "127.0.0.1", port, new UpstreamAddress.Encryption.None()),
                        setting.upstreamConnections);
        Homes homes = new Homes(List.of(homeConfig(setting)));
        NetworkConfig network = new NetworkConfig(setting.trustedProxies, setting.lan);
        AccessPolicy policy =
                new AccessPolicy(
                        facts.clock,
                        new Callers(
                                facts.clock, facts.sessions, facts.grants, setting.judge, browsers),
                        new AccessPolicy.Knowledge(
                                setting.capabilities, webhooks(setting), setting.places),
                        facts.crowd,
                        network,
                        Map.of(TestFacts.HOME, setting.routes));
        SocketRelay relay =
                setting.relay != null
                        ? setting.relay.apply(this)
                        : request -> {
                            sockets.add(request);
                            var _ = request.channel().close();
                        };
        Handler own =
                request -> {
                    seenByHandlers.add(request);
                    return setting.handler.handle(request);
                };
        Handler copy = request -> Response.html(200, "the copy");
        Handler signedIn = request -> Response.html(200, "the copy, and more");
        routes =
                Routes.all(
                        new OwnHandlers(
                                own,
                                own,
                                own,
                                own,
                                own,
                                own,
                                own,
                                own,
                                own,
                                own,
                                own,
                                own,
                                own,
                                own,
                                new PasskeyHandlers(own, own, own, own, own, own),
                                own,
                                own,
                                new LocalHandlers(own, own, own),
                                own,
                                new ProfileHandlers(own, own, own),
                                new ConsoleHandlers(own, Map.of()),
                                own,
                                setting.guard),
                        new ShellHandlers(copy, signedIn));
        door =
                new Door(
                        facts.clock,
                        new HeadReader(
                                homes,
                                new ClientAddressResolver(network.trustedProxies()),
                                new ClientCertificateResolver(setting.certificateProxies),
                                facts.secrets),
                        new RouteTable(routes),
                        policy,
                        new Passage(
                                Map.of(
                                        TestFacts.HOME,
                                        new Passage.Way(
                                                upstream,
                                                () -> setting.namesClient,
                                                setting.unowned)),
                                relay,
                                browsers,
                                new ForwardRules(List.of())),
                        new Door.Inside(
                                homes,
                                setting.upstream,
                                new SignInFirst("/auth/vestibule/sign-in"),
                                learner(setting),
                                new RequestRefusals(
                                        facts.clock,
                                        new AuthenticationFailures(facts.clock),
                                        meters),
                                new RequestMeters(meters),
                                new Workers(setting.workers)));
        listener = listen(setting);
    }

    private Webhooks webhooks(Setting setting) {
        BiFunction<HomeId, String, Webhooks.Judgement> judge = setting.webhooks;
        return judge == null
                ? facts.webhooks
                : new Webhooks() {
                    @Override
                    public Connections callers(HomeId at, String webhookId) {
                        return facts.webhooks.callers(at, webhookId);
                    }

                    @Override
                    public Judgement judge(HomeId at, String webhookId) {
                        return judge.apply(at, webhookId);
                    }
                };
    }

    private WebhookLearner learner(Setting setting) {
        return new WebhookLearner() {
            @Override
            public boolean mayRegister(LiveGrant asking) {
                return setting.mayRegister;
            }

            @Override
            public void learned(LiveGrant registering, Secret id) {
                setting.learner.accept(registering, id);
                learnedWebhooks.add(id.reveal());
            }
        };
    }

    private Listener listen(Setting setting) {
        ListenConfig listen = new ListenConfig(setting.listen, setting.port, setting.tls);
        Listener.Limits limits =
                new Listener.Limits(
                        setting.connections,
                        setting.connectionsOfAddress,
                        door::isProxy,
                        held,
                        setting.deadlines);
        if (!listen.tls().isOn()) {
            return Listener.open(loops, listen, limits, door);
        }
        ServerTls tls = ServerTls.open(facts.clock, listen.tls(), CERTIFICATE_SEEN_EVERY);
        endings.add(tls);
        return Listener.openEncrypted(loops, listen, limits, door, tls);
    }

    private static HomeConfig homeConfig(Setting setting) {
        List<Origin> further = new ArrayList<>();
        further.add(Origin.parse("http://other.example:8123").orElseThrow());
        if (setting.port != 0) {
            further.add(new Origin("https", "localhost", setting.port));
        }
        return new HomeConfig(
                TestFacts.HOME,
                Origin.parse("https://" + HOST).orElseThrow(),
                further,
                false,
                new HomeAssistantConfig(
                        URI.create("http://127.0.0.1"), new Secret("unused"), List.of()),
                new RolesConfig(Set.of(), Set.of(), Set.of(), List.of()),
                setting.routes,
                Defaults.SESSION,
                Defaults.APPS,
                Defaults.SIGN_IN,
                Defaults.CLIENTS,
                ExistingTokens.DENY,
                LongLivedTokens.TRACK,
                Duration.ofDays(30));
    }

    int port() {
        return listener.port();
    }

    /// Every line of the door's table.
    List<Route> routes() {
        return routes;
    }

    Rehearsal rehearsal() {
        return door.rehearsal();
    }

    int heldBodyBytesLeft() {
        return door.bodyBytesLeft();
    }

    int heldBytesLeft() {
        return held.left();
    }

    int openConnections() {
        return listener.connectionCount();
    }

    RawClient connect() {
        return client == null
                ? new RawClient(listener.port())
                : new RawClient(listener.port(), client);
    }

    /// A request with Ada's access token and further header lines.
    String request(String method, String target, String... headers) {
        return method
                + " "
                + target
                + " HTTP/1.1\r\nHost: "
                + HOST
                + "\r\nAuthorization: Bearer access-ada\r\n"
                + String.join("", List.of(headers).stream().map(line -> line + "\r\n").toList())
                + "\r\n";
    }

    /// A request without a credential.
    static String anonymous(String method, String target, String... headers) {
        return method
                + " "
                + target
                + " HTTP/1.1\r\nHost: "
                + HOST
                + "\r\n"
                + String.join("", List.of(headers).stream().map(line -> line + "\r\n").toList())
                + "\r\n";
    }

    @Override
    public void close() throws IOException {
        listener.close();
        endings.forEach(ServerTls::close);
        upstream.close();
        home.close();
        loops.close();
        meters.close();
        facts.close();
    }
}
