package dev.vestibule.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.GatewayHouse;
import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountState;
import dev.vestibule.account.Profile;
import dev.vestibule.account.Subject;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.resource.Documents;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;
import dev.vestibule.tenant.NewTenant;
import dev.vestibule.tenant.Tenant;
import dev.vestibule.tenant.TenantName;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A directory over fresh fact rooms, with one client that speaks for the provider `op`, and
/// another one. Nobody answers at either end: what Home Assistant would be told is in the outbox.
final class DirectoryHouse implements AutoCloseable {

    static final RolesConfig ROLES =
            new RolesConfig(Set.of("admins"), Set.of("family"), Set.of("guests"), List.of());

    final TestFacts facts = new TestFacts();
    final Tenant client;
    final Tenant other;
    final DirectoryPeople people;
    final Directory directory;

    DirectoryHouse() {
        this(ScimConfig.DEFAULTS);
    }

    DirectoryHouse(ScimConfig scim) {
        people = facts.directory(List.of(provider(scim)), Map.of(TestFacts.HOME, ROLES));
        directory =
                new Directory(
                        facts.clock,
                        facts.secrets,
                        facts.database,
                        facts.audit,
                        people.people(),
                        DirectoryLimits.DEFAULTS);
        client = tenant("okta");
        facts.clock.advance(Duration.ofSeconds(1));
        other = tenant("entra");
    }

    private static OpenIdProviderConfig provider(ScimConfig scim) {
        OpenIdProviderConfig plain =
                OpenIdProviderConfig.of(
                        "op",
                        URI.create(TestFacts.ISSUER.value()),
                        "vestibule",
                        new ClientAuthentication.SecretBasic(new Secret("secret")));
        return GatewayHouse.asked(plain, plain.liveness(), scim);
    }

    private Tenant tenant(String name) {
        var _ =
                facts.tenants.add(
                        new NewTenant(new TenantName(name), Optional.of("op"), List.of()),
                        Actor.CONSOLE);
        return facts.database.read(handle -> facts.tenants.find(handle, name)).orElseThrow();
    }

    private static Asking asking(Tenant tenant) {
        return new Asking(
                tenant, new Cause("scim:" + tenant.name(), EndReason.BY_OPERATOR, "192.0.2.7"));
    }

    private static ObjectNode document(ResourceKind kind, String json) {
        return Documents.from(kind, Documents.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    String send(String json) {
        return send(client, json);
    }

    /// A user, by its id.
    String send(Tenant tenant, String json) {
        return directory
                .create(asking(tenant), ResourceKind.USER, document(ResourceKind.USER, json))
                .resource()
                .id();
    }

    void change(String id, String json) {
        directory.replace(
                asking(client),
                ResourceKind.USER,
                id,
                _ -> true,
                document(ResourceKind.USER, json));
    }

    void delete(ResourceKind kind, String id) {
        delete(client, kind, id);
    }

    void delete(Tenant tenant, ResourceKind kind, String id) {
        directory.delete(asking(tenant), kind, id, _ -> true);
    }

    String group(String name, String... members) {
        return directory
                .create(asking(client), ResourceKind.GROUP, groupDocument(name, members))
                .resource()
                .id();
    }

    void regroup(String id, String name, String... members) {
        directory.replace(
                asking(client), ResourceKind.GROUP, id, _ -> true, groupDocument(name, members));
    }

    private static ObjectNode groupDocument(String name, String... members) {
        List<String> each = Stream.of(members).map(id -> "{\"value\": \"" + id + "\"}").toList();
        return document(
                ResourceKind.GROUP,
                "{\"displayName\": \""
                        + name
                        + "\", \"members\": ["
                        + String.join(", ", each)
                        + "]}");
    }

    AccountId accountOf(String userId) {
        return facts.database
                .read(
                        handle ->
                                people.resources()
                                        .find(handle, client.id(), ResourceKind.USER, userId))
                .flatMap(StoredResource::account)
                .orElseThrow();
    }

    Account person(String userId) {
        return facts.accounts.find(accountOf(userId)).orElseThrow();
    }

    AccountState stateOf(String userId) {
        return person(userId).state();
    }

    Optional<Role> roleOf(String userId) {
        return facts.accounts.roleOf(accountOf(userId), TestFacts.HOME);
    }

    /// As the dispatcher does for somebody whose claim says this.
    Optional<AccountId> signIn(String subject, String claim) {
        Subject who = new Subject(TestFacts.ISSUER, subject);
        var _ =
                facts.database.inTransaction(
                        tx -> people.recognition().recognise(tx, who, claim, TestFacts.cause()),
                        ended -> ended.cut());
        return facts.accounts.find(who).map(Account::id);
    }

    /// As the dispatcher does for somebody who has a role by the provider's word, whether anybody
    /// sent them or not.
    AccountId comeIn(String subject, String claim) {
        Subject who = new Subject(TestFacts.ISSUER, subject);
        var _ = signIn(subject, claim);
        return facts.database.inTransaction(
                tx -> {
                    AccountId account =
                            facts.accounts.admit(tx, who, new Profile(claim, claim)).id();
                    people.recognition().remember(tx, who, claim);
                    return account;
                });
    }

    /// What Home Assistant has still to be told, by the names of the tasks.
    List<String> tasks() {
        return facts.outbox.due(TestFacts.HOME, 100).stream()
                .map(item -> item.task().getClass().getSimpleName())
                .toList();
    }

    @Override
    public void close() {
        facts.close();
    }
}
