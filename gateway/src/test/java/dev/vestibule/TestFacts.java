package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Profile;
import dev.vestibule.account.Subject;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.AuthenticationFailures;
import dev.vestibule.audit.EndReason;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.breaker.Breaker;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.DeprovisioningConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Lifetimes;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.connection.Crowd;
import dev.vestibule.connection.Cut;
import dev.vestibule.directory.DirectoryPeople;
import dev.vestibule.directory.ResourceStore;
import dev.vestibule.directory.Tombstones;
import dev.vestibule.grant.AskedFrom;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.GrantService.ForClient;
import dev.vestibule.grant.IssuedGrant;
import dev.vestibule.grant.UpstreamTokens;
import dev.vestibule.liveness.LivenessProofs;
import dev.vestibule.metric.Meters;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.outbox.OutboxTask;
import dev.vestibule.policy.Places;
import dev.vestibule.policy.Presence;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.secret.MasterKey;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.session.Reach;
import dev.vestibule.session.SessionService;
import dev.vestibule.session.SessionService.Beginning;
import dev.vestibule.session.SessionService.NewSession;
import dev.vestibule.session.SessionStore;
import dev.vestibule.session.SignInWay;
import dev.vestibule.store.Database;
import dev.vestibule.store.TestDatabase;
import dev.vestibule.tenant.Tenants;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.webhook.WebhookService;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The fact rooms over a fresh database, wired as the gateway wires them, under a clock that the
/// test moves.
public final class TestFacts implements AutoCloseable {

    public static final HomeId HOME = new HomeId("home");
    public static final HomeId CABIN = new HomeId("cabin");
    public static final Issuer ISSUER = new Issuer("https://id.example");

    private final TestDatabase files = new TestDatabase();
    public final TestClock clock = new TestClock(Instant.parse("2026-01-01T12:00:00Z"));
    public final Secrets secrets = new Secrets();
    public final Database database = files.database();
    public final Sealer sealer =
            new Sealer(
                    MasterKey.load(files.directory().resolve("master.key"), true, secrets),
                    secrets);

    /// Everybody may be anywhere.
    public final Places places =
            new Places() {
                @Override
                public Optional<Verdict> known(HomeId home, AccountId account, Presence presence) {
                    return Optional.of(Verdict.HERE);
                }

                @Override
                public Verdict judge(HomeId home, AccountId account, Presence presence) {
                    return Verdict.HERE;
                }

                @Override
                public Optional<Verdict> foresee(
                        HomeId home, AccountId account, Presence presence) {
                    return Optional.of(Verdict.HERE);
                }
            };

    public final AuditLog audit =
            new AuditLog(clock, secrets, database, new AuthenticationFailures(clock), new Meters());
    public final Outbox outbox = new Outbox(clock, secrets, database, sealer);
    public final AccountStore accounts =
            new AccountStore(clock, secrets, database, Set.of(HOME, CABIN));
    public final SessionService sessions = newSessions();
    public final GrantService grants = newGrants();
    public final Crowd crowd = new Crowd();
    public final WebhookService webhooks = new WebhookService(clock, database);
    public final LivenessProofs proofs =
            new LivenessProofs(
                    clock,
                    database,
                    sealer,
                    Map.of("op", ISSUER, "other", new Issuer("https://other.example")));
    public final HomeUserStore homeUsers = new HomeUserStore(clock, secrets, database, audit);
    public final ResourceStore resources = new ResourceStore();
    public final Tombstones tombstones = new Tombstones();
    public final AccountLifecycle lifecycle =
            new AccountLifecycle(
                    database,
                    accounts,
                    sessions,
                    grants.revocation(),
                    new AccountLifecycle.Homes(homeUsers, webhooks, outbox),
                    audit,
                    new AccountLifecycle.Besides(
                            proofs::forgetAllOf,
                            DirectoryPeople.parting(resources, tombstones),
                            () -> crowd.cut(Cut.SUSPENDED)));

    public final SessionLifecycle sessionLifecycle =
            new SessionLifecycle(database, sessions, grants, audit);

    public final Tenants tenants =
            new Tenants(
                    clock,
                    secrets,
                    database,
                    audit,
                    new Tenants.Doorkeeping(
                            new AddressLimiter(clock, 60),
                            new RequestRefusals(
                                    clock, new AuthenticationFailures(clock), new Meters())));

    public final Breaker breaker =
            new Breaker(clock, database, accounts, audit, DeprovisioningConfig.DEFAULTS);

    /// Of no provider.
    public final DirectoryPeople directory = directory(List.of(), Map.of());

    public TestFacts() {
        database.change(
                tx ->
                        tx.execute(
                                """
                                INSERT INTO home (id, credential_key_sealed, created_at)
                                VALUES ('home', 'unused', 0)
                                """));
    }

    /// The people of SCIM clients, under a configuration.
    public DirectoryPeople directory(
            List<OpenIdProviderConfig> providers, Map<HomeId, RolesConfig> roles) {
        return DirectoryPeople.build(
                new DirectoryPeople.Ground(
                        clock,
                        resources,
                        tombstones,
                        accounts,
                        homeUsers,
                        lifecycle,
                        tenants,
                        breaker,
                        audit),
                providers,
                roles);
    }

    /// The sessions as a process that has just started sees them.
    public SessionService newSessions() {
        return new SessionService(
                clock,
                secrets,
                database,
                new SessionStore(accounts::isRoleHeld),
                Map.of(HOME, Defaults.SESSION, CABIN, Defaults.SESSION),
                100);
    }

    /// The grants as a process that has just started sees them.
    public GrantService newGrants() {
        return new GrantService(
                clock,
                secrets,
                database,
                sealer,
                outbox,
                audit,
                accounts::isRoleHeld,
                Map.of(HOME, Defaults.APPS));
    }

    /// The refresh tokens that Home Assistant has still to be told the end of, in order.
    public List<String> tokensToEnd() {
        return outbox.due(HOME, 1_000).stream()
                .flatMap(
                        item ->
                                switch (item.task()) {
                                    case OutboxTask.RevokeToken(var token) ->
                                            Stream.of(token.reveal());
                                    case OutboxTask.ShutOut(var held) ->
                                            held.stream()
                                                    .map(token -> token.refreshToken().reveal());
                                    case OutboxTask.Remove(var held) ->
                                            held.stream()
                                                    .map(token -> token.refreshToken().reveal());
                                    case OutboxTask.EndToken _,
                                            OutboxTask.DropCredential _,
                                            OutboxTask.LetIn _,
                                            OutboxTask.AlignGroup _,
                                            OutboxTask.Provision _ ->
                                            Stream.empty();
                                })
                .toList();
    }

    /// A cause that says nothing.
    public static Cause cause() {
        return new Cause("a test", EndReason.BY_OPERATOR, "192.0.2.1");
    }

    /// A person with a role at the home.
    public Account admit(String name) {
        Account account = accounts.admit(new Subject(ISSUER, name), new Profile(name, name));
        assignRole(account.id(), Role.USER);
        return account;
    }

    public void assignRole(AccountId account, Role role) {
        database.change(tx -> accounts.assignRole(tx, account, HOME, role, false));
    }

    public void dropRole(AccountId account) {
        database.change(tx -> accounts.dropRole(tx, account, HOME));
    }

    public NewSession begin(Account account) {
        return tryBegin(account).orElseThrow();
    }

    public Optional<NewSession> tryBegin(Account account) {
        return sessions.begin(
                account,
                new Beginning(
                        HOME,
                        ISSUER,
                        "",
                        SignInWay.PROVIDER,
                        clock.instant(),
                        Lifetimes.NEVER,
                        Reach.ANYWHERE,
                        "192.0.2.1",
                        "a browser"));
    }

    public IssuedGrant issue(Account account, NewSession session, String name) {
        return tryIssue(account, session, name).orElseThrow();
    }

    public Optional<IssuedGrant> tryIssue(Account account, NewSession session, String name) {
        return grants.issue(
                new ForClient(
                        HOME,
                        account,
                        Optional.of(session.session().id()),
                        "https://home.example/",
                        "https://home.example/",
                        AskedFrom.NOWHERE,
                        "192.0.2.1"),
                upstream(name));
    }

    /// Tokens as Home Assistant would give them, told apart by a name.
    public UpstreamTokens upstream(String name) {
        return new UpstreamTokens(
                new Secret("access-" + name),
                new Secret("inner-" + name),
                "id-" + name,
                clock.instant().plus(Duration.ofMinutes(30)));
    }

    @Override
    public void close() {
        files.close();
    }
}
