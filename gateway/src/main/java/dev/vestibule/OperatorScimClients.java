package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.audit.Actor;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.ControlOutcome.Done;
import dev.vestibule.cli.ControlOutcome.NewToken;
import dev.vestibule.cli.ControlOutcome.Refused;
import dev.vestibule.cli.ScimClientControl;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.directory.GiveResult;
import dev.vestibule.network.Cidr;
import dev.vestibule.secret.Secret;
import dev.vestibule.tenant.NewTenant;
import dev.vestibule.tenant.TenantName;
import dev.vestibule.tenant.TenantSummary;
import dev.vestibule.tenant.TenantToken;
import dev.vestibule.tenant.Tenants;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the operator of this machine may ask of a running gateway about the identity systems that
/// send people. Safe to share between threads.
final class OperatorScimClients implements ScimClientControl {

    private static final String NO_PROVIDER = "none";

    private final Gateway gateway;
    private final OperatorCommands commands;
    private final Tenants tenants;

    OperatorScimClients(Gateway gateway, OperatorCommands commands) {
        this.gateway = gateway;
        this.commands = commands;
        this.tenants = gateway.facts().tenants();
    }

    @Override
    public List<ScimTokenLine> list() {
        Instant now = gateway.facts().world().instant();
        return tenants.list().stream().flatMap(client -> lines(client, now)).toList();
    }

    private static Stream<ScimTokenLine> lines(TenantSummary client, Instant now) {
        TenantToken newest = client.tokens().getLast();
        return client.tokens().stream()
                .map(
                        token ->
                                line(
                                        client,
                                        token,
                                        token.equals(newest) ? "current" : "former",
                                        now));
    }

    private static ScimTokenLine line(
            TenantSummary client, TenantToken token, String which, Instant now) {
        return new ScimTokenLine(
                client.tenant().name(),
                client.tenant().providerId().orElse(NO_PROVIDER),
                client.networks().isEmpty() ? "anywhere" : joined(client.networks()),
                moment(client.createdAt()),
                which + " (" + age(Duration.between(token.createdAt(), now)) + ")",
                token.lastUsedAt().map(OperatorScimClients::moment).orElse(""),
                token.lastUsedFrom());
    }

    private static String joined(List<?> all) {
        return all.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String age(Duration since) {
        if (since.toDays() > 0) {
            return since.toDays() + "d";
        }
        return since.toHours() > 0 ? since.toHours() + "h" : Math.max(0, since.toMinutes()) + "m";
    }

    @Override
    public ControlOutcome add(String name, String provider, List<String> networks) {
        if (!TenantName.isOne(name)) {
            return new Refused(
                    "A SCIM client cannot be called so. Write up to 32 lower-case letters, digits"
                            + " and dashes, such as 'okta'.");
        }
        Optional<String> chosen = choose(provider);
        if (chosen.isEmpty()) {
            return new Refused(whichProvider(provider));
        }
        for (String network : networks) {
            if (Cidr.parse(network).isEmpty()) {
                return new Refused(
                        "'"
                                + network
                                + "' is not a network. Write an address, or a block whose host bits"
                                + " are zero, such as 192.0.2.0/24 or 2001:db8::/48. Nothing was"
                                + " changed.");
            }
        }
        NewTenant tenant =
                new NewTenant(
                        new TenantName(name),
                        chosen.filter(id -> !id.equals(NO_PROVIDER)),
                        networks.stream()
                                .flatMap(network -> Cidr.parse(network).stream())
                                .toList());
        return tenants.add(tenant, Actor.CONSOLE)
                .<ControlOutcome>map(token -> added(tenant, token))
                .orElseGet(
                        () ->
                                new Refused(
                                        "There is a SCIM client "
                                                + name
                                                + " already. For a new token: vestibule scim-client"
                                                + " rotate "
                                                + name));
    }

    /// The id of a provider or [#NO_PROVIDER]; empty where it has to be named anew.
    private Optional<String> choose(String named) {
        List<String> ids = providerIds();
        if (named.isEmpty()) {
            return ids.size() == 1 ? Optional.of(ids.getFirst()) : Optional.empty();
        }
        return named.equals(NO_PROVIDER) || ids.contains(named)
                ? Optional.of(named)
                : Optional.empty();
    }

    private List<String> providerIds() {
        return gateway.config().providers().stream().map(OpenIdProviderConfig::id).toList();
    }

    private String whichProvider(String named) {
        return (named.isEmpty()
                        ? "Whose people does it send?"
                        : "The configuration has no provider '" + named + "'.")
                + " Write --provider with one of "
                + joined(providerIds())
                + ", or with none. Nothing was changed.";
    }

    private NewToken added(NewTenant tenant, Secret token) {
        String people =
                tenant.providerId()
                        .map(id -> "It sends the people of " + id + ".")
                        .orElse("It sends nobody's people: who signs in is none of them.");
        return new NewToken(
                token,
                """
                This is the token of %s. Nobody can show it again.
                %s
                Its address: %s/scim/v2"""
                        .formatted(
                                tenant.name(),
                                people,
                                gateway.config().homes().getFirst().publicUrl()));
    }

    @Override
    public ControlOutcome rotate(String name) {
        return tenants.rotate(name, Actor.CONSOLE)
                .<ControlOutcome>map(made -> rotated(name, made))
                .orElseGet(() -> unknown(name));
    }

    private static NewToken rotated(String name, Tenants.NewToken made) {
        return new NewToken(
                made.token(),
                """
                This is the new token of %s. Nobody can show it again.
                The one before stays good%s until you run:
                vestibule scim-client rotate %s --finish"""
                        .formatted(
                                name,
                                made.hasEndedOldest() ? ", and the one before that not," : "",
                                name));
    }

    private static Refused unknown(String name) {
        return new Refused(
                "There is no SCIM client '" + name + "'. See: vestibule scim-client list");
    }

    @Override
    public ControlOutcome finish(String name) {
        return switch (tenants.endFormerToken(name, Actor.CONSOLE)) {
            case ENDED -> new Done("The former token of " + name + " has ended.");
            case NOTHING_TO_END -> new Refused(name + " has but one token. Nothing was changed.");
            case NO_SUCH_CLIENT -> unknown(name);
        };
    }

    @Override
    public ControlOutcome remove(String name) {
        return tenants.remove(name, gateway.facts()::forget, Actor.CONSOLE)
                ? new Done(
                        name
                                + " is removed: its tokens open nothing any more, and the users and"
                                + " groups that it sent are forgotten. The people stay as they are,"
                                + " and nobody sends word of them any more. Look at them: vestibule"
                                + " account list")
                : unknown(name);
    }

    @Override
    public ControlOutcome give(String name, String account) {
        return commands.withAccount(account, found -> give(name, found));
    }

    private ControlOutcome give(String name, Account account) {
        return switch (gateway.facts().giving().give(name, account.id(), OperatorCommands.CAUSE)) {
            case GiveResult.Given(var userName) ->
                    new Done(name + " decides about " + userName + " from now on.");
            case GiveResult.Waiting(var userName) ->
                    new Done(
                            name
                                    + " decides about "
                                    + userName
                                    + " as soon as it sends a user of this name. Until then it does"
                                    + " not see them.");
            case GiveResult.NoSuchClient() -> unknown(name);
            case GiveResult.NoSuchAccount() -> new Refused("There is no such account any more.");
            case GiveResult.HasClient(var client) ->
                    new Refused(
                            client
                                    + " decides about "
                                    + account.username()
                                    + " already. Nothing was changed.");
            case GiveResult.NameTaken(var userName) ->
                    new Refused(
                            name
                                    + " knows somebody else as "
                                    + userName
                                    + ". Nothing was changed. Have the identity system call one of"
                                    + " them otherwise.");
        };
    }
}
