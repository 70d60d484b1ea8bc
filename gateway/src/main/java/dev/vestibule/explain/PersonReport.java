package dev.vestibule.explain;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.LinkedIdentity;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.AuditLine;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.ScimConfig.RolesFrom;
import dev.vestibule.directory.ResourceStore;
import dev.vestibule.directory.StoredResource;
import dev.vestibule.grant.GrantSearch;
import dev.vestibule.liveness.LivenessProofs;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.outbox.OutboxEntry;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.session.SessionSearch;
import dev.vestibule.store.Cursor;
import dev.vestibule.store.Database;
import dev.vestibule.tenant.Tenants;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/// Who somebody is here, what they have, and by which ways they could come in now. Safe to share
/// between threads; waits for the database, and for Home Assistant where a way in has to ask it.
public final class PersonReport {

    private static final Set<String> REFUSALS = Set.of("SignInRefused", "AuthenticationFailed");
    private static final int REFUSALS_MAX = 5;
    private static final int COUNTED_MAX = 1_000;

    private final GatewayConfig config;
    private final Database database;
    private final People people;
    private final Belongings belongings;
    private final WaysReport ways;
    private final AuditStore audit;
    private final ResourceStore resources = new ResourceStore();

    /// What is known of people.
    public record People(
            AccountStore accounts,
            HomeUserStore homeUsers,
            LivenessProofs proofs,
            Tenants tenants,
            Outbox outbox) {}

    /// What people have.
    ///
    /// @param passkeys how many somebody has
    public record Belongings(
            SessionSearch sessions, GrantSearch grants, ToIntFunction<Account> passkeys) {}

    public PersonReport(
            GatewayConfig config,
            Database database,
            People people,
            Belongings belongings,
            WaysReport ways,
            AuditStore audit) {
        this.config = config;
        this.database = database;
        this.people = people;
        this.belongings = belongings;
        this.ways = ways;
        this.audit = audit;
    }

    public Explanation of(Account account) {
        Explanation.Draft draft = new Explanation.Draft();
        Optional<StoredResource> sent =
                database.read(handle -> resources.userOfAccount(handle, account.id()));
        boolean isLapsed = database.read(handle -> people.proofs().isLapsed(handle, account.id()));
        int passkeys = belongings.passkeys().applyAsInt(account);
        draft.say("person", account.username() + " (" + account.displayName() + ")")
                .say("id", account.id().value())
                .say("state", state(account))
                .say("came by", PlainWords.of(account.origin()))
                .say("last seen", account.lastSeenAt().toString());
        sent.ifPresent(resource -> draft.say("sent by", sentBy(resource)));
        config.homes().forEach(home -> home(draft, account, home, sent));
        draft.say("Home Assistant", untold(account));
        List<LinkedIdentity> identities =
                database.read(handle -> people.accounts().identities().of(handle, account.id()));
        draft.say("identities", identities.stream().map(this::identity).toList())
                .say("vouched for", vouched(account, isLapsed))
                .say("has", counts(account, passkeys));
        draft.say("ways in now", ways.of(account));
        draft.say("refusals", refusals(account));
        return draft.advise(advice(account, isLapsed)).done();
    }

    private String state(Account account) {
        Set<SuspendedBy> words =
                database.read(handle -> people.accounts().suspendedBy(handle, account.id()));
        return PlainWords.of(account.state())
                + (words.isEmpty() ? "" : ", on the word of " + PlainWords.of(words));
    }

    private String sentBy(StoredResource resource) {
        String client =
                database.read(handle -> people.tenants().find(handle, resource.tenant()))
                        .map(tenant -> tenant.name())
                        .orElse(resource.tenant().value());
        return "the SCIM client "
                + client
                + " as "
                + resource.name()
                + (resource.isActive() ? "" : ", who is not active there");
    }

    private void home(
            Explanation.Draft draft,
            Account account,
            HomeConfig home,
            Optional<StoredResource> sent) {
        HomeId id = home.name();
        String role =
                people.accounts()
                        .roleOf(account.id(), id)
                        .map(PlainWords::of)
                        .map(found -> found + held(account, id) + ", " + roleFrom(account, sent))
                        .orElse("no role, so nothing there is open to them");
        draft.say("at " + id, role);
        people.homeUsers()
                .userIdOf(account.id(), id)
                .ifPresent(user -> draft.say("", user(account, id, user)));
    }

    private String held(Account account, HomeId home) {
        return people.accounts().isRoleHeld(account.id(), home)
                ? " (waits until Home Assistant agrees; nothing passes until then)"
                : "";
    }

    private String roleFrom(Account account, Optional<StoredResource> sent) {
        return switch (account.origin()) {
            case KIOSK -> "from homes[].sign-in.kiosks[].role";
            case BREAK_GLASS -> "as the emergency administrator";
            case ADOPTED, LOCAL -> "as Home Assistant had it";
            case OIDC, SCIM ->
                    sent.filter(this::decidesRoles)
                            .map(this::groups)
                            .orElse(
                                    "from the groups of the last sign-in (homes[].roles, for"
                                            + " others homes[].roles.otherwise)");
        };
    }

    /// The groups that were sent, and not those of the sign-in.
    private boolean decidesRoles(StoredResource resource) {
        return database.read(handle -> people.tenants().find(handle, resource.tenant()))
                .flatMap(tenant -> tenant.providerId())
                .flatMap(this::provider)
                .filter(provider -> provider.scim().rolesFrom() == RolesFrom.SCIM)
                .isPresent();
    }

    private Optional<OpenIdProviderConfig> provider(String id) {
        return config.providers().stream().filter(known -> known.id().equals(id)).findFirst();
    }

    private String groups(StoredResource resource) {
        Set<String> names =
                database.read(
                        handle -> resources.groupNamesOf(handle, resource.tenant(), resource.id()));
        return "from the groups that were sent: "
                + (names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names)))
                + " (homes[].roles)";
    }

    private String user(Account account, HomeId home, String user) {
        String standing =
                switch (people.homeUsers().standingOf(account.id(), home)) {
                    case PRESENT -> "";
                    case INACTIVE -> ", switched off there";
                    case GONE -> ", deleted there";
                };
        String closure =
                switch (people.homeUsers().closureOf(account.id(), home)) {
                    case OPEN -> "";
                    case CLOSED -> ", closed; Home Assistant may still have tokens of before";
                    case CLOSED_AND_EMPTY -> ", closed, without tokens";
                };
        return "Home Assistant user " + user + standing + closure;
    }

    private List<String> untold(Account account) {
        return people.outbox().list().stream()
                .filter(entry -> entry.accountId().equals(account.id().value()))
                .map(PersonReport::untold)
                .toList();
    }

    private static String untold(OutboxEntry entry) {
        return entry.home()
                + " has still to be told: "
                + entry.what()
                + (entry.problem().isEmpty() ? "" : " (" + entry.problem() + ")");
    }

    private String identity(LinkedIdentity identity) {
        String issuer = identity.issuer().value();
        String provider =
                config.providers().stream()
                        .filter(known -> known.issuer().toString().equals(issuer))
                        .map(OpenIdProviderConfig::id)
                        .findFirst()
                        .map(id -> "provider " + id)
                        .orElse(issuer);
        return provider
                + ", linked "
                + identity.linkedAt()
                + ", last used "
                + identity.lastSeenAt();
    }

    private String vouched(Account account, boolean isLapsed) {
        String last =
                Optional.ofNullable(people.proofs().lastProven().get(account.id()))
                        .map(Instant::toString)
                        .orElse("");
        if (isLapsed) {
            return "no longer by any provider" + (last.isEmpty() ? "" : "; last " + last);
        }
        return last.isEmpty() ? "" : "last " + last;
    }

    private String counts(Account account, int passkeys) {
        Set<HomeId> homes =
                config.homes().stream().map(HomeConfig::name).collect(Collectors.toSet());
        String id = account.id().value();
        int sessions =
                belongings
                        .sessions()
                        .find(new SessionSearch.Query(id, homes, Cursor.NEWEST, COUNTED_MAX))
                        .sessions()
                        .size();
        int grants =
                belongings
                        .grants()
                        .find(GrantSearch.Query.at(homes, Cursor.NEWEST, COUNTED_MAX).of(id))
                        .grants()
                        .size();
        return "browsers: " + sessions + ", grants: " + grants + ", passkeys: " + passkeys;
    }

    /// Those that name the person: by id where they were known, by what they are called else.
    private List<String> refusals(Account account) {
        AuditQuery some = AuditQuery.ALL.of(REFUSALS);
        List<AuditLine> lines = new ArrayList<>();
        for (String name : List.of(account.id().value(), account.username())) {
            audit.before(some.with(name), Cursor.NEWEST, 50).lines().stream()
                    .filter(line -> line.fields().containsValue(name))
                    .filter(line -> !lines.contains(line))
                    .forEach(lines::add);
        }
        return lines.stream()
                .sorted((one, other) -> other.at().compareTo(one.at()))
                .limit(REFUSALS_MAX)
                .map(
                        line ->
                                line.at()
                                        + " "
                                        + line.fields().getOrDefault("reason", line.kind())
                                        + " from "
                                        + line.address()
                                        + ", reference "
                                        + line.fields().getOrDefault("reference", "none"))
                .toList();
    }

    private static String advice(Account account, boolean isLapsed) {
        return switch (account.state()) {
            case ACTIVE ->
                    isLapsed
                            ? "The person signs in at the provider once; then passkeys and"
                                    + " passwords count again."
                            : "";
            case SUSPENDED -> "To let them in again: vestibule account restore " + account.id();
            case REMOVED -> "Whoever signs in with the same identity is somebody new.";
        };
    }
}
