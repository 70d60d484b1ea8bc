package dev.vestibule.console;

import dev.vestibule.account.AccountCounts;
import dev.vestibule.account.AccountSearch;
import dev.vestibule.account.AccountStore;
import dev.vestibule.admission.LoginDispatcher;
import dev.vestibule.admission.PageGuard;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.directory.GroupSearch;
import dev.vestibule.grant.ClientSearch;
import dev.vestibule.grant.GrantSearch;
import dev.vestibule.grant.GrantService;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Response;
import dev.vestibule.kiosk.TabletKeyRemoval;
import dev.vestibule.kiosk.TabletKeyStore;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.outbox.OutboxSearch;
import dev.vestibule.policy.Places;
import dev.vestibule.provisioning.Attachment;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.SessionSearch;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;
import dev.vestibule.telling.Telling;
import dev.vestibule.visit.Insiders;
import dev.vestibule.webhook.WebhookClosing;
import dev.vestibule.webhook.WebhookSearch;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The console, built once. Safe to share between threads.
public final class Console {

    private final Map<ConsolePlace, Handler> handlers = new EnumMap<>(ConsolePlace.class);

    /// What the console stands on.
    public record Ground(
            InstantSource time,
            Database database,
            GatewayConfig config,
            List<OpenIdProvider> providers,
            Places places) {
        public Ground {
            providers = List.copyOf(providers);
        }
    }

    /// Whom and what the console shows, and what ends their access.
    public record Facts(
            AccountStore accounts,
            SessionService sessions,
            GrantService grants,
            HomeUserStore homeUsers,
            AccountLifecycle lifecycle,
            SessionLifecycle sessionLifecycle,
            Attachment attachment,
            LoginDispatcher dispatcher) {}

    /// What hangs on the wall and lies in pockets.
    public record Devices(
            TabletKeyStore tabletKeys, TabletKeyRemoval tabletKeyRemoval, WebhookClosing closing) {}

    public Console(
            Ground ground,
            Facts facts,
            Devices devices,
            IdentitySystems systems,
            ConsoleHomes homes) {
        ConsoleDoor door =
                new ConsoleDoor(
                        ground.time(),
                        new Insiders(facts.sessions(), facts.accounts(), ground.places()),
                        facts.accounts(),
                        ground.config().homes().getFirst().name(),
                        homes.ids());
        for (ConsolePlace place : ConsolePlace.values()) {
            handlers.put(
                    place,
                    new PageGuard(
                            new ConsoleHandler(
                                    door,
                                    place,
                                    page(place, ground, facts, devices, systems, homes))));
        }
    }

    private static ConsolePage page(
            ConsolePlace place,
            Ground ground,
            Facts facts,
            Devices devices,
            IdentitySystems systems,
            ConsoleHomes homes) {
        return switch (place) {
            case PEOPLE -> people(ground, facts, homes);
            case SESSIONS ->
                    new SessionsPage(
                            new SessionSearch(ground.database(), facts.sessions()),
                            facts.sessions(),
                            facts.sessionLifecycle(),
                            new AddressWords(ground.config().network()));
            case GRANTS ->
                    new GrantsPage(
                            new GrantSearch(ground.database(), facts.grants()),
                            facts.grants(),
                            facts.sessionLifecycle(),
                            new AddressWords(ground.config().network()));
            case CLIENTS -> clients(ground, facts, homes);
            case CONNECTIONS ->
                    new ConnectionsPage(
                            new GrantSearch(ground.database(), facts.grants()),
                            facts.grants().revocation());
            case KIOSKS ->
                    new KiosksPage(
                            ground.config().homes(),
                            facts.accounts(),
                            devices.tabletKeys(),
                            devices.tabletKeyRemoval());
            case WEBHOOKS ->
                    new WebhooksPage(
                            ground.time(),
                            new WebhookSearch(ground.database()),
                            facts.accounts(),
                            devices.closing());
            case PROVIDERS -> providers(ground, facts, systems);
            case GROUPS -> groups(ground, facts, homes, systems);
            case IDENTITY_SYSTEMS -> new IdentitySystemsPage(systems, ground.config());
            case OUTBOX -> new OutboxPage(new OutboxSearch(ground.database()), facts.accounts());
            case AUDIT ->
                    new AuditLogPage(
                            new AuditStore(ground.database()),
                            facts.accounts(),
                            telling(ground, facts));
            case CONFIGURATION -> new ConfigurationPage(ground.config());
        };
    }

    private static ConsolePage providers(Ground ground, Facts facts, IdentitySystems systems) {
        return new ProvidersPage(
                ground.config(),
                ground.providers(),
                new ProviderParts(
                        ground.time(),
                        ground.config(),
                        new ProviderReliance(
                                new AccountCounts(ground.database()),
                                new SessionSearch(ground.database(), facts.sessions()),
                                systems)));
    }

    private static ConsolePage groups(
            Ground ground, Facts facts, ConsoleHomes homes, IdentitySystems systems) {
        GatewayConfig config = ground.config();
        return new GroupsPage(
                config,
                new MappingParts(config.homes(), new AccountCounts(ground.database())),
                new SentGroupParts(config.homes(), new GroupSearch(ground.database()), systems),
                new TokenTrialParts(
                        ground.time(),
                        config,
                        facts.dispatcher(),
                        new People(facts.accounts(), homes.ids())));
    }

    private static Telling telling(Ground ground, Facts facts) {
        return new Telling(facts.accounts(), ground.config());
    }

    private static ConsolePage people(Ground ground, Facts facts, ConsoleHomes homes) {
        People people = new People(facts.accounts(), homes.ids());
        return new PeoplePage(
                facts.accounts(),
                new AccountSearch(ground.database()),
                people,
                new PersonPage(
                        facts.accounts(),
                        facts.homeUsers(),
                        new AttachParts(homes, facts.attachment()),
                        people,
                        new LatestEvents(
                                new AuditStore(ground.database()), telling(ground, facts))),
                new PersonChanges(facts.lifecycle(), facts.attachment(), homes));
    }

    private static ConsolePage clients(Ground ground, Facts facts, ConsoleHomes homes) {
        ClientSearch clients = new ClientSearch(ground.database());
        AddressWords addresses = new AddressWords(ground.config().network());
        return new ClientsPage(
                clients,
                homes,
                new ClientPage(
                        clients,
                        new GrantSearch(ground.database(), facts.grants()),
                        facts.sessionLifecycle(),
                        homes,
                        addresses),
                new ClientsTurnedAway(new AuditStore(ground.database())),
                addresses);
    }

    /// Leads to the first place.
    public Handler start() {
        return request -> Response.redirect(request.origin().resolve(ConsolePlace.PEOPLE.path()));
    }

    /// Who answers at each place, and below it.
    public Map<ConsolePlace, Handler> handlers() {
        return Map.copyOf(handlers);
    }
}
