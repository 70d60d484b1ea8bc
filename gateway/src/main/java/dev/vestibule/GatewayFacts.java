package dev.vestibule;

import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Issuer;
import dev.vestibule.adoption.Adoption;
import dev.vestibule.adoption.UserLink;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.AuthenticationFailures;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.breaker.Breaker;
import dev.vestibule.breaker.Source;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.LimitsConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.directory.DirectoryPeople;
import dev.vestibule.directory.Giving;
import dev.vestibule.directory.ResourceStore;
import dev.vestibule.directory.Tombstones;
import dev.vestibule.grant.GrantService;
import dev.vestibule.leave.NewLogins;
import dev.vestibule.liveness.LivenessProofs;
import dev.vestibule.metric.Meters;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.Cidr;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.passkey.Passkeys;
import dev.vestibule.provisioning.HomeStore;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.HomeReconciler;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secrets;
import dev.vestibule.session.SessionService;
import dev.vestibule.session.SessionStore;
import dev.vestibule.store.Database;
import dev.vestibule.tenant.Tenant;
import dev.vestibule.tenant.Tenants;
import dev.vestibule.webhook.WebhookService;

import org.jdbi.v3.core.Handle;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What all homes of a gateway have in common, built once.
///
/// @param world the system's clock, for what others date; our own deadlines have one that never
///   goes back
record GatewayFacts(
        InstantSource world,
        AuditLog audit,
        RequestRefusals refusals,
        Outbox outbox,
        AccountStore accounts,
        SessionService sessions,
        GrantService grants,
        AccountLifecycle lifecycle,
        SessionLifecycle sessionLifecycle,
        LivenessProofs proofs,
        HomeUserStore homeUsers,
        HomeStore homes,
        NewLogins newLogins,
        WebhookService webhooks,
        Adoption.Shared adoption,
        UserLink userLink,
        Tenants tenants,
        Breaker breaker,
        DirectoryPeople directory,
        Giving giving,
        LimitsConfig limits,
        List<Cidr> lan) {

    private static <T> Map<HomeId, T> each(GatewayConfig config, Function<HomeConfig, T> part) {
        return config.homes().stream()
                .collect(Collectors.toUnmodifiableMap(HomeConfig::name, part));
    }

    /// The providers that are asked about people, by their ids.
    private static Map<String, Issuer> asked(GatewayConfig config) {
        return config.providers().stream()
                .filter(provider -> provider.liveness().enabled())
                .collect(
                        Collectors.toUnmodifiableMap(
                                OpenIdProviderConfig::id,
                                provider -> new Issuer(provider.issuer().toString())));
    }

    /// What they stand on.
    ///
    /// @param world as above
    /// @param time our own clock
    record Ground(
            InstantSource world,
            InstantSource time,
            Secrets secrets,
            Sealer sealer,
            Database database,
            Meters meters) {}

    static GatewayFacts build(Ground ground, GatewayConfig config, Runnable afterShuttingOut) {
        InstantSource world = ground.world();
        InstantSource time = ground.time();
        Secrets secrets = ground.secrets();
        Sealer sealer = ground.sealer();
        Database database = ground.database();
        AuthenticationFailures failures = new AuthenticationFailures(time);
        AuditLog audit = new AuditLog(time, secrets, database, failures, ground.meters());
        Outbox outbox = new Outbox(time, secrets, database, sealer);
        AccountStore accounts =
                new AccountStore(time, secrets, database, each(config, HomeConfig::name).keySet());
        SessionService sessions =
                new SessionService(
                        time,
                        secrets,
                        database,
                        new SessionStore(accounts::isRoleHeld),
                        each(config, HomeConfig::session),
                        config.limits().sessionsPerAccount());
        GrantService grants =
                new GrantService(
                        time,
                        secrets,
                        database,
                        sealer,
                        outbox,
                        audit,
                        accounts::isRoleHeld,
                        each(config, HomeConfig::apps));
        SessionLifecycle sessionLifecycle = new SessionLifecycle(database, sessions, grants, audit);
        HomeUserStore homeUsers = new HomeUserStore(time, secrets, database, audit);
        WebhookService webhooks = new WebhookService(time, database);
        LivenessProofs proofs = new LivenessProofs(time, database, sealer, asked(config));
        AddressLimiter questions =
                new AddressLimiter(time, config.limits().tokenQuestionsPerMinute());
        RequestRefusals refusals = new RequestRefusals(time, failures, ground.meters());
        Tenants tenants =
                new Tenants(
                        time,
                        secrets,
                        database,
                        audit,
                        new Tenants.Doorkeeping(
                                new AddressLimiter(time, config.limits().scimRefusalsPerMinute()),
                                refusals));
        ResourceStore resources = new ResourceStore();
        Tombstones tombstones = new Tombstones();
        AccountLifecycle lifecycle =
                new AccountLifecycle(
                        database,
                        accounts,
                        sessions,
                        grants.revocation(),
                        new AccountLifecycle.Homes(homeUsers, webhooks, outbox),
                        audit,
                        new AccountLifecycle.Besides(
                                proofs::forgetAllOf,
                                DirectoryPeople.parting(resources, tombstones)
                                        .andThen(Passkeys::forgetAllOf),
                                afterShuttingOut));
        Breaker breaker = new Breaker(time, database, accounts, audit, config.deprovisioning());
        DirectoryPeople directory =
                DirectoryPeople.build(
                        new DirectoryPeople.Ground(
                                time,
                                resources,
                                tombstones,
                                accounts,
                                homeUsers,
                                lifecycle,
                                tenants,
                                breaker,
                                audit),
                        config.providers(),
                        each(config, HomeConfig::roles));
        return new GatewayFacts(
                world,
                audit,
                refusals,
                outbox,
                accounts,
                sessions,
                grants,
                lifecycle,
                sessionLifecycle,
                proofs,
                homeUsers,
                new HomeStore(time, secrets, database, sealer),
                new NewLogins(secrets, database, sealer, audit),
                webhooks,
                new Adoption.Shared(
                        world, database, accounts, homeUsers, grants, webhooks, questions),
                new UserLink(
                        database,
                        accounts,
                        homeUsers,
                        grants,
                        new UserLink.Lifecycles(lifecycle, sessionLifecycle),
                        webhooks,
                        outbox,
                        audit),
                tenants,
                breaker,
                directory,
                new Giving(time, database, tenants, accounts, directory, audit),
                config.limits(),
                config.network().lan());
    }

    /// Forgets all that a SCIM client has sent, which is being removed. Its people stay.
    void forget(Handle tx, Tenant client) {
        breaker.forget(tx, Source.of(client));
        directory.forget(tx, client.id());
    }

    HomeReconciler.People peopleToCompare() {
        return new HomeReconciler.People(
                adoption.database(), accounts, homeUsers, outbox, lifecycle, audit);
    }
}
