package dev.vestibule;

import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.breaker.KnownSources;
import dev.vestibule.cli.ControlCommands;
import dev.vestibule.config.AssertionConfig;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.LimitsConfig;
import dev.vestibule.config.ListenAddress;
import dev.vestibule.config.ListenConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.TlsConfig;
import dev.vestibule.connection.Crowd;
import dev.vestibule.connection.Cut;
import dev.vestibule.console.Console;
import dev.vestibule.console.ConsoleHome;
import dev.vestibule.console.ConsoleHomes;
import dev.vestibule.console.IdentitySystems;
import dev.vestibule.directory.Directory;
import dev.vestibule.directory.DirectoryLimits;
import dev.vestibule.emergency.BreakGlassPlaces;
import dev.vestibule.gate.Door;
import dev.vestibule.gate.HeadReader;
import dev.vestibule.gate.Homes;
import dev.vestibule.gate.Listener;
import dev.vestibule.gate.Passage;
import dev.vestibule.gate.Rehearsal;
import dev.vestibule.gate.RequestMeters;
import dev.vestibule.gate.SignInFirst;
import dev.vestibule.gate.Workers;
import dev.vestibule.grant.TokenJudge;
import dev.vestibule.http.Handler;
import dev.vestibule.kiosk.KioskPlaces;
import dev.vestibule.kiosk.KioskReview;
import dev.vestibule.kiosk.Kiosks;
import dev.vestibule.kiosk.TabletKeyRemoval;
import dev.vestibule.kiosk.TabletKeyStore;
import dev.vestibule.liveness.Consequences;
import dev.vestibule.liveness.Lapses;
import dev.vestibule.liveness.ProofClaims;
import dev.vestibule.liveness.ProviderDepartures;
import dev.vestibule.liveness.ProviderPoll;
import dev.vestibule.liveness.RoleReview;
import dev.vestibule.management.Desk;
import dev.vestibule.management.Management;
import dev.vestibule.metric.Meters;
import dev.vestibule.network.ClientAddressResolver;
import dev.vestibule.network.ClientCertificateResolver;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.policy.AccessPolicy;
import dev.vestibule.policy.BrowserIds;
import dev.vestibule.policy.Callers;
import dev.vestibule.policy.CapabilityTokens;
import dev.vestibule.policy.Places;
import dev.vestibule.proxy.EventLoops;
import dev.vestibule.proxy.ForwardRules;
import dev.vestibule.scim.Scim;
import dev.vestibule.secret.MasterKey;
import dev.vestibule.secret.MasterKeyProblem;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secrets;
import dev.vestibule.socket.HomeSockets;
import dev.vestibule.store.DataDirectory;
import dev.vestibule.store.Database;
import dev.vestibule.store.DatabaseUnavailable;
import dev.vestibule.store.ForwardClock;
import dev.vestibule.store.SealedWith;
import dev.vestibule.tls.ServerTls;
import dev.vestibule.webhook.WebhookClosing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A whole gateway. Every object is built here, once, in order, and closed in reverse.
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration CLOCK_SAVED_EVERY = Duration.ofMinutes(1);
    private static final Duration CERTIFICATE_SEEN_EVERY = Duration.ofMinutes(1);
    private static final int WORKERS_MAX = 512;

    private final GatewayConfig config;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Meters meters;
    private final GatewayFacts facts;
    private final Crowd crowd = new Crowd();
    private final KioskPlaces kiosks;
    private final TabletKeyStore tabletKeys;
    private final TabletKeyRemoval tabletKeyRemoval;
    private final Places places;
    private final Map<HomeId, GatewayHome> homes = new LinkedHashMap<>();
    private final List<OpenIdProvider> providers;
    private final GatewayEntrances entrances;
    private final InstantSource time;
    private final Door door;
    private final Listener listener;
    private final Optional<Management> management;

    /// Builds and starts a gateway.
    ///
    /// @throws MasterKeyProblem where the key is missing, another, or open to others
    /// @throws DatabaseUnavailable where the database cannot be opened
    /// @throws dev.vestibule.gate.PortUnavailable where the port cannot be had
    /// @throws dev.vestibule.management.ManagementUnavailable as above, of `management.listen`
    /// @throws dev.vestibule.tls.CertificateUnusable where the certificate's files changed since
    ///   the configuration was read, and cannot be used
    public static Gateway start(InstantSource system, GatewayConfig config) {
        return new Gateway(system, config);
    }

    private Gateway(InstantSource system, GatewayConfig config) {
        this.config = config;
        try {
            meters = closing(new Meters());
            Secrets secrets = new Secrets();
            DataDirectory data = closing(DataDirectory.open(config.dataDirectory()));
            MasterKey key = MasterKey.load(config.masterKeyFile(), !data.hasDatabase(), secrets);
            Sealer sealer = new Sealer(key, secrets);
            Database database = closing(data.openDatabase());
            database.watch(meters);
            ForwardClock time = ForwardClock.resume(system, database);
            this.time = time;
            requireItsKey(database, key, config.masterKeyFile(), time);
            closing(savingClock(time));
            facts =
                    GatewayFacts.build(
                            new GatewayFacts.Ground(
                                    system, time, secrets, sealer, database, meters),
                            config,
                            this::cutTheUnnamed);
            EventLoops loops = closing(new EventLoops(Runtime.getRuntime().availableProcessors()));
            for (HomeConfig home : config.homes()) {
                homes.put(
                        home.name(),
                        closing(
                                new GatewayHome(
                                        time,
                                        home,
                                        facts.homes().findOrCreate(home.name()),
                                        facts,
                                        loops,
                                        data.path(),
                                        this::endNamelessAt)));
            }
            Kiosks tablets = Kiosks.of(each(home -> home.config().signIn().kiosks()));
            new KioskReview(database, tablets, facts.accounts(), facts.lifecycle()).run();
            tabletKeys = new TabletKeyStore(time, secrets, database);
            tabletKeyRemoval =
                    new TabletKeyRemoval(
                            database,
                            tabletKeys,
                            facts.accounts(),
                            facts.lifecycle(),
                            facts.audit());
            kiosks = new KioskPlaces(time, tablets, facts.accounts(), facts.audit());
            places =
                    new AccountPlaces(
                            kiosks,
                            new BreakGlassPlaces(facts.accounts(), facts.sessions()),
                            home -> home(home).localOnly(),
                            config.network().lan());
            providers =
                    config.providers().stream()
                            .map(provider -> new OpenIdProvider(system, secrets, provider))
                            .toList();
            entrances =
                    closing(
                            new GatewayEntrances(
                                    new GatewayEntrances.Ground(
                                            time, secrets, sealer, database, config),
                                    facts,
                                    each(GatewayHome::login),
                                    providers,
                                    new GatewayEntrances.Tablets(tablets, tabletKeys, places)));
            BrowserIds browsers = new BrowserIds(secrets);
            Callers callers = callers(system, browsers);
            Scim scim = scim(time, secrets, database, config.limits());
            door = door(time, secrets, database, scim, browsers, callers);
            homes.values().forEach(GatewayHome::start);
            entrances.start();
            facts.proofs().followNewIds();
            polls(time, secrets, sealer, database).forEach(ProviderPoll::start);
            Optional<ServerTls> tls = tls(system);
            listener = closing(listener(loops, door, tls));
            management = management(time, loops, tls);
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private Optional<ServerTls> tls(InstantSource system) {
        TlsConfig tls = config.listen().tls();
        return tls.isOn()
                ? Optional.of(closing(ServerTls.open(system, tls, CERTIFICATE_SEEN_EVERY)))
                : Optional.empty();
    }

    private Listener listener(EventLoops loops, Door door, Optional<ServerTls> tls) {
        ListenConfig listen = config.listen();
        int connectionsMax = config.limits().connections();
        return tls.map(own -> Listener.openEncrypted(loops, listen, connectionsMax, door, own))
                .orElseGet(() -> Listener.open(loops, listen, connectionsMax, door));
    }

    /// Opened last, because whoever hears there that the gateway is ready may send people.
    private Optional<Management> management(
            InstantSource time, EventLoops loops, Optional<ServerTls> tls) {
        Optional<ListenAddress> at = config.management().listen().stream().findFirst();
        if (at.isEmpty()) {
            return Optional.empty();
        }
        meters.watchProcess();
        meters.reading(
                "vestibule.connections",
                "Open connections of clients, websockets among them",
                listener::connectionCount);
        meters.reading(
                "vestibule.certificate.ends.seconds",
                "When the gateway's own certificate ends, in seconds since 1970; NaN without TLS",
                () -> tls.map(own -> (double) own.ends().getEpochSecond()).orElse(Double.NaN));
        providers.forEach(this::watch);
        Desk desk =
                Desk.of(
                        time,
                        meters,
                        facts.outbox(),
                        each(home -> () -> home.homeAssistant().status()));
        return Optional.of(closing(Management.open(loops, at.get(), desk)));
    }

    private void watch(OpenIdProvider provider) {
        meters.reading(
                "vestibule.provider.up",
                "Whether the provider answered when it was last asked; NaN before",
                "provider",
                provider.id(),
                () ->
                        switch (provider.health()) {
                            case UNKNOWN -> Double.NaN;
                            case ANSWERING -> 1;
                            case AWAY -> 0;
                        });
        meters.reading(
                "vestibule.provider.answer.age.seconds",
                "How long ago the provider answered last; NaN before",
                "provider",
                provider.id(),
                () ->
                        provider.sinceAnswer()
                                .map(since -> since.toMillis() / 1_000.0)
                                .orElse(Double.NaN));
        meters.counted(
                "vestibule.provider.errors",
                "Questions to the provider without an answer that can be used",
                "provider",
                provider.id(),
                provider::errorCount);
    }

    private List<ProviderPoll> polls(
            InstantSource time, Secrets secrets, Sealer sealer, Database database) {
        ProofClaims claims = new ProofClaims(time, secrets, database, sealer);
        Lapses lapses = new Lapses(facts.proofs(), facts.sessions(), facts.sessionLifecycle());
        Consequences consequences =
                new Consequences(
                        database,
                        claims,
                        new Consequences.People(
                                facts.sessions(), facts.lifecycle(), facts.sessionLifecycle()),
                        new RoleReview(
                                each(home -> home.config().roles()),
                                facts.directory().recognition(),
                                facts.accounts(),
                                facts.lifecycle()),
                        new ProviderDepartures(facts.breaker(), facts.accounts(), facts.proofs()),
                        facts.audit());
        return providers.stream()
                .map(
                        provider ->
                                closing(
                                        new ProviderPoll(
                                                time,
                                                secrets,
                                                provider,
                                                claims,
                                                lapses,
                                                consequences)))
                .toList();
    }

    /// Signed paths are dated by Home Assistant, so the clock is the system's.
    private Callers callers(InstantSource system, BrowserIds browsers) {
        return new Callers(system, facts.sessions(), facts.grants(), tokens(), browsers);
    }

    private Door door(
            InstantSource time,
            Secrets secrets,
            Database database,
            Scim scim,
            BrowserIds browsers,
            Callers callers) {
        AccessPolicy policy =
                new AccessPolicy(
                        time,
                        callers,
                        new AccessPolicy.Knowledge(
                                this::isKnownCapability, facts.webhooks(), places),
                        crowd,
                        config.network(),
                        each(home -> home.config().routes()));
        RequestRefusals refusals = facts.refusals();
        ForwardRules rules = new ForwardRules(headersInFront());
        HomeSockets sockets =
                new HomeSockets(
                        secrets,
                        rules,
                        browsers,
                        closing(Executors.newVirtualThreadPerTaskExecutor()),
                        config.limits().sockets(),
                        refusals,
                        each(home -> home.socket(facts, places)));
        Handler shell = request -> home(request.home()).shell().handle(request);
        Handler shellForSignedIn =
                request -> home(request.home()).shell().forSignedIn().handle(request);
        return new Door(
                time,
                new HeadReader(
                        new Homes(config.homes()),
                        new ClientAddressResolver(config.network().trustedProxies()),
                        new ClientCertificateResolver(config.network().certificateForms()),
                        secrets),
                Routes.table(
                        entrances.handlers(scim, console(time, database)),
                        new Routes.ShellHandlers(shell, shellForSignedIn)),
                policy,
                new Passage(each(GatewayHome::way), sockets, browsers, rules),
                new Door.Inside(
                        new Homes(config.homes()),
                        entrances.upstreamRule(),
                        new SignInFirst("/auth/vestibule/sign-in"),
                        new PhoneWebhooks(facts.accounts(), facts.webhooks()),
                        refusals,
                        new RequestMeters(meters),
                        new Workers(WORKERS_MAX)));
    }

    /// In which proxies in front say who somebody is.
    private List<String> headersInFront() {
        return Stream.concat(
                        config.assertions().stream().map(AssertionConfig::header),
                        config.trustedHeaders().stream()
                                .flatMap(
                                        headers ->
                                                Stream.of(
                                                        headers.user(),
                                                        headers.name(),
                                                        headers.groups())))
                .toList();
    }

    /// On whose word people may lose their access.
    KnownSources sources() {
        return new KnownSources(
                facts.tenants(),
                config.providers().stream().map(OpenIdProviderConfig::id).toList());
    }

    private Console console(InstantSource time, Database database) {
        return new Console(
                new Console.Ground(time, database, config, providers, places),
                new Console.Facts(
                        facts.accounts(),
                        facts.sessions(),
                        facts.grants(),
                        facts.homeUsers(),
                        facts.lifecycle(),
                        facts.sessionLifecycle(),
                        facts.userLink().byAdministrator(),
                        entrances.dispatcher()),
                new Console.Devices(
                        tabletKeys,
                        tabletKeyRemoval,
                        new WebhookClosing(database, facts.webhooks(), facts.audit())),
                new IdentitySystems(facts.tenants(), facts.breaker(), sources(), facts::forget),
                new ConsoleHomes(
                        each(
                                home ->
                                        new ConsoleHome(
                                                home.homeAssistant(),
                                                home.signIn(),
                                                entrances.clientsOf(home.config().name())))));
    }

    private Scim scim(InstantSource time, Secrets secrets, Database database, LimitsConfig limits) {
        return new Scim(
                time,
                facts.tenants(),
                new Directory(
                        time,
                        secrets,
                        database,
                        facts.audit(),
                        facts.directory().people(),
                        DirectoryLimits.DEFAULTS),
                facts.audit(),
                each(home -> home.config().publicUrl()),
                limits.scimRequestsPerSecond());
    }

    /// Only pictures of entities carry a token that can be known here; the ids of streams, speech
    /// and uploads are told to nobody but the clients that asked for them.
    private boolean isKnownCapability(
            HomeId home, CapabilityTokens.Kind kind, String id, String token) {
        return switch (kind) {
            case ENTITY_PICTURE -> home(home).homeAssistant().knowsCapabilityToken(id, token);
            case STREAM, SPEECH, IMAGE, BRAND -> false;
        };
    }

    /// Nobody knows who holds the token of a picture: whoever was just shut out may. Streams that
    /// were opened by one end, and Home Assistant's next tokens are waited for.
    private void cutTheUnnamed() {
        homes.values().forEach(home -> home.homeAssistant().forgetCapabilityTokens());
        crowd.cut(Cut.SUSPENDED);
    }

    /// As nobody knows who holds an address with a token, nobody knows at which home: all are cut,
    /// and whoever is welcome elsewhere comes back.
    private void endNamelessAt(HomeId home) {
        entrances.endCodesAt(home);
        crowd.cut(Cut.INTERRUPTED);
        facts.webhooks().cutCallers(Cut.INTERRUPTED);
    }

    GatewayHome home(HomeId id) {
        GatewayHome home = homes.get(id);
        if (home == null) {
            throw new IllegalStateException("no such home: " + id);
        }
        return home;
    }

    private <T> Map<HomeId, T> each(Function<GatewayHome, T> part) {
        return homes.values().stream().collect(Collectors.toUnmodifiableMap(GatewayHome::id, part));
    }

    private static void requireItsKey(
            Database database, MasterKey key, Path file, InstantSource time) {
        SealedWith.other(database, key.id(), time.instant())
                .ifPresent(
                        needed -> {
                            throw MasterKeyProblem.anotherKey(file, key.id(), needed);
                        });
    }

    private static AutoCloseable savingClock(ForwardClock clock) {
        Thread thread =
                Thread.ofVirtual()
                        .name("clock-saver")
                        .start(
                                () -> {
                                    try {
                                        while (true) {
                                            save(clock);
                                            Thread.sleep(CLOCK_SAVED_EVERY);
                                        }
                                    } catch (InterruptedException stopped) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        return thread::interrupt;
    }

    private static void save(ForwardClock clock) {
        try {
            clock.save();
        } catch (DatabaseUnavailable away) {
            LOG.warn("event=clock-not-saved", away);
        } catch (RuntimeException bug) {
            // The loop goes on.
            LOG.error("event=clock-not-saved", bug);
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        open.push(part);
        return part;
    }

    /// The port that is listened on.
    public int port() {
        return listener.port();
    }

    /// The port at which machines ask how the gateway is; empty where it is off.
    Optional<Integer> managementPort() {
        return management.map(Management::port);
    }

    public AccountStore accounts() {
        return facts.accounts();
    }

    /// What an operator may ask of this gateway; the control socket carries the same.
    public ControlCommands commands() {
        return new OperatorCommands(this);
    }

    AuditStore auditStore() {
        return new AuditStore(facts.adoption().database());
    }

    /// Whose word about tokens that nobody here knows the gate takes.
    TokenJudge tokens() {
        return new TokensOfHomes(id -> home(id).adoption());
    }

    /// The gateway's own clock, which never goes back.
    InstantSource time() {
        return time;
    }

    /// How the door judges requests that nobody made.
    Rehearsal rehearsal() {
        return door.rehearsal();
    }

    TabletKeyStore tabletKeys() {
        return tabletKeys;
    }

    TabletKeyRemoval tabletKeyRemoval() {
        return tabletKeyRemoval;
    }

    GatewayConfig config() {
        return config;
    }

    /// Removes now what ran out, which else happens once in a minute.
    void sweep() {
        entrances.sweep();
    }

    GatewayEntrances entrances() {
        return entrances;
    }

    GatewayFacts facts() {
        return facts;
    }

    List<GatewayHome> homes() {
        return List.copyOf(homes.values());
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception problem) {
                LOG.warn("event=close-failed", problem);
            }
        }
    }
}
