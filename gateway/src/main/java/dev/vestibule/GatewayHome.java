package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.admission.LoginHome;
import dev.vestibule.adoption.Adoption;
import dev.vestibule.adoption.TokenAdoption;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.connection.Cut;
import dev.vestibule.connection.Shares;
import dev.vestibule.gate.Passage.Way;
import dev.vestibule.homeassistant.ForwardedHeaders;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.Panel;
import dev.vestibule.homeassistant.UserEvent;
import dev.vestibule.kiosk.Kiosks;
import dev.vestibule.leave.HouseLeaving;
import dev.vestibule.owntoken.OwnTokens;
import dev.vestibule.policy.Places;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.HomeState;
import dev.vestibule.provisioning.HomeStore.StoredHome;
import dev.vestibule.proxy.EventLoops;
import dev.vestibule.proxy.Upstream;
import dev.vestibule.proxy.UpstreamAddress;
import dev.vestibule.revocation.HomeReconciler;
import dev.vestibule.revocation.OutboxWorker;
import dev.vestibule.secret.Secrets;
import dev.vestibule.shell.HttpShellSource;
import dev.vestibule.shell.ShellCache;
import dev.vestibule.shell.ShellLimits;
import dev.vestibule.socket.SocketHome;
import dev.vestibule.socket.TokenAdmission;
import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Every object of one home, built once. [Gateway] builds the homes, starts them, and closes them
/// in reverse order.
final class GatewayHome implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayHome.class);

    /// What `auth_required` says before Home Assistant was ever reached.
    private static final String UNKNOWN_VERSION = "2023.1.0";

    private final HomeConfig config;
    private final HomeAssistant homeAssistant;
    private final Adoption.OfHome adoption;
    private final LocalOnlyUsers localOnly;
    private final HomeSignIn signIn;
    private final Upstream upstream;
    private final UpstreamAddress address;
    private final HttpShellSource shellSource;
    private final ShellCache shell;
    private final OutboxWorker outboxWorker;
    private final HomeReconciler reconciler;
    private final HouseLeaving leaving;

    /// Of callers whom no end of access cuts off. It has ended where the home is left.
    private final Shares unowned = new Shares();

    private final AtomicReference<String> version = new AtomicReference<>(UNKNOWN_VERSION);

    GatewayHome(
            InstantSource time,
            HomeConfig config,
            StoredHome stored,
            GatewayFacts facts,
            EventLoops loops,
            Path dataDirectory,
            Consumer<HomeId> endNamelessAt) {
        this.config = config;
        this.homeAssistant = new HomeAssistant(time, config.homeAssistant());
        this.adoption =
                Adoption.forHome(
                        facts.adoption(),
                        config.name(),
                        homeAssistant,
                        new Adoption.Policy(config.existingTokens(), config.longLivedTokens()),
                        stored.createdAt().plus(config.webhookMigration()));
        this.localOnly =
                new LocalOnlyUsers(config.name(), homeAssistant.users(), facts.homeUsers());
        this.signIn =
                new HomeSignIn(
                        config.name(),
                        stored.credentialKey(),
                        homeAssistant,
                        facts.grants(),
                        facts.homeUsers(),
                        facts.accounts());
        this.address = UpstreamAddress.of(config.homeAssistant());
        this.upstream = new Upstream(loops, address, facts.limits().connections());
        this.shellSource = new HttpShellSource(config.homeAssistant(), ShellLimits.DEFAULT);
        this.shell =
                new ShellCache(
                        time,
                        dataDirectory.resolve("shell").resolve(config.name().value()),
                        shellSource,
                        ShellLimits.DEFAULT);
        this.outboxWorker =
                new OutboxWorker(
                        time,
                        config,
                        facts.outbox(),
                        facts.audit(),
                        homeAssistant,
                        signIn,
                        new OutboxWorker.People(
                                facts.homeUsers(), facts.accounts(), facts.grants()));
        this.reconciler =
                new HomeReconciler(
                        new Secrets(),
                        config.name(),
                        homeAssistant,
                        signIn,
                        facts.peopleToCompare());
        this.leaving = leaving(facts, dataDirectory, endNamelessAt);
        if (!(leaving.state() instanceof HomeState.Served)) {
            shut();
        }
        homeAssistant.onUserEvent(this::onUserEvent);
    }

    private HouseLeaving leaving(
            GatewayFacts facts, Path dataDirectory, Consumer<HomeId> endNamelessAt) {
        return new HouseLeaving(
                config.name(),
                config.publicUrl() + "/",
                homeAssistant,
                dataDirectory,
                new HouseLeaving.Rooms(
                        facts.adoption().database(),
                        facts.homes(),
                        facts.homeUsers(),
                        facts.accounts(),
                        account -> isKeptOut(facts, account),
                        facts.breaker()::undecided,
                        facts.sessions(),
                        facts.grants(),
                        facts.sessionLifecycle(),
                        facts.outbox(),
                        facts.newLogins(),
                        facts.audit()),
                new HouseLeaving.Ways(
                        signIn,
                        outboxWorker,
                        this::shut,
                        () -> endNamelessAt.accept(config.name()),
                        this::stopAskingForGood));
    }

    /// Nobody suspended them, and they come in by nothing: no provider vouches for the person any
    /// more, or the tablet is not in the configuration.
    private boolean isKeptOut(GatewayFacts facts, Account account) {
        return account.origin() == AccountOrigin.KIOSK
                ? !isConfigured(facts, account)
                : facts.adoption()
                        .database()
                        .read(handle -> facts.proofs().isLapsed(handle, account.id()));
    }

    private boolean isConfigured(GatewayFacts facts, Account tablet) {
        return config.signIn().kiosks().stream()
                .map(kiosk -> Kiosks.subject(config.name(), kiosk.name()))
                .flatMap(subject -> facts.accounts().find(subject).stream())
                .anyMatch(named -> named.id().equals(tablet.id()));
    }

    private void shut() {
        unowned.end(Cut.INTERRUPTED);
    }

    private void stopAskingForGood() {
        reconciler.close();
        outboxWorker.close();
        homeAssistant.disconnect();
    }

    /// Whether the operator takes the gateway away from here, or did. Never waits.
    boolean isShut() {
        return !unowned.isLive();
    }

    HouseLeaving leaving() {
        return leaving;
    }

    /// A home that was left is not asked any more: its token is gone.
    void start() {
        if (leaving.state() instanceof HomeState.Left(_, var at)) {
            LOG.warn("event=home-was-left home={} at={}", config.name(), at);
            return;
        }
        homeAssistant.start();
        outboxWorker.start();
        reconciler.start();
    }

    /// Home Assistant is there again, or something about its users changed: what was learned from
    /// it is learned anew.
    private boolean onUserEvent(UserEvent event) {
        if (!(homeAssistant.status() instanceof HomeAssistantStatus.Connected)) {
            // The next connection begins with the same news.
            return true;
        }
        reconciler.somethingChanged(event instanceof UserEvent.Reconnected);
        boolean isLearned = learn("local-only-users", localOnly::refresh);
        if (event instanceof UserEvent.Reconnected) {
            isLearned &= learn("webhooks", () -> adoption.phones().lookAround());
            isLearned &= learn("version", this::learnVersion);
            isLearned &= learn("panels", this::learnPanels);
        }
        return isLearned;
    }

    /// One thing apart from the others: what cannot be learned now keeps nothing else back.
    private boolean learn(String what, Runnable step) {
        try {
            step.run();
            return true;
        } catch (HomeAssistantUnavailable | DatabaseUnavailable away) {
            LOG.warn(
                    "event=home-not-read home={} what={} reason=\"{}\"",
                    config.name(),
                    what,
                    away.getMessage());
            return false;
        }
    }

    private void learnVersion() {
        if (homeAssistant.status() instanceof HomeAssistantStatus.Connected(var now, _)) {
            String before = version.getAndSet(now.toString());
            if (!before.equals(now.toString())) {
                shell.homeAssistantChanged();
            }
        }
    }

    private void learnPanels() {
        shell.panels(
                homeAssistant.panels().stream()
                        .map(Panel::urlPath)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    HomeId id() {
        return config.name();
    }

    HomeConfig config() {
        return config;
    }

    HomeAssistant homeAssistant() {
        return homeAssistant;
    }

    HomeSignIn signIn() {
        return signIn;
    }

    TokenAdoption adoption() {
        return adoption.tokens();
    }

    ShellCache shell() {
        return shell;
    }

    LocalOnlyUsers localOnly() {
        return localOnly;
    }

    LoginHome login() {
        return new LoginHome(config, homeAssistant, signIn, adoption.tokens());
    }

    Way way() {
        return new Way(upstream, this::namesClient, unowned);
    }

    SocketHome socket(GatewayFacts facts, Places places) {
        return new SocketHome(
                address,
                version::get,
                this::namesClient,
                unowned,
                new TokenAdmission(
                        config.name(), facts.grants(), adoption.tokens(), facts.accounts(), places),
                new OwnTokens(
                        facts.world(),
                        config.name(),
                        config.longLivedTokens(),
                        homeAssistant,
                        facts.grants(),
                        facts.sessionLifecycle()));
    }

    private boolean namesClient() {
        return homeAssistant.forwarded() instanceof ForwardedHeaders.Accepted;
    }

    @Override
    public void close() {
        reconciler.close();
        outboxWorker.close();
        shell.close();
        shellSource.close();
        upstream.close();
        homeAssistant.close();
    }
}
