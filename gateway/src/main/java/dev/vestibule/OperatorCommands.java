package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.cli.AuditControl;
import dev.vestibule.cli.ControlCommands;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.ControlOutcome.Done;
import dev.vestibule.cli.ControlOutcome.Refused;
import dev.vestibule.cli.DeprovisioningControl;
import dev.vestibule.cli.EmergencyControl;
import dev.vestibule.cli.ExplainControl;
import dev.vestibule.cli.KioskControl;
import dev.vestibule.cli.LeaveControl;
import dev.vestibule.cli.ScimClientControl;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantId;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.outbox.OutboxEntry;
import dev.vestibule.provisioning.AttachResult;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.RemoveResult;
import dev.vestibule.revocation.SuspendResult;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the operator of this machine may ask of a running gateway, through the control socket. Safe
/// to share between threads; may wait for Home Assistant.
final class OperatorCommands implements ControlCommands {

    /// Where its orders come from, for the audit log.
    static final String CONSOLE = "console";

    static final Cause CAUSE = new Cause(CONSOLE, "by the operator", CONSOLE);

    private final Gateway gateway;

    OperatorCommands(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<AccountLine> accounts() {
        List<OutboxEntry> untold = gateway.facts().outbox().list();
        Map<AccountId, Instant> proven = gateway.facts().proofs().lastProven();
        return gateway.facts().accounts().list().stream()
                .map(account -> line(account, vouchedFor(account, proven), untold))
                .filter(line -> !line.isOver())
                .toList();
    }

    private static String vouchedFor(Account account, Map<AccountId, Instant> proven) {
        return Optional.ofNullable(proven.get(account.id())).map(Instant::toString).orElse("");
    }

    private AccountLine line(Account account, String vouchedFor, List<OutboxEntry> untold) {
        return new AccountLine(
                account.id().value(),
                account.username(),
                account.displayName(),
                account.state().name().toLowerCase(Locale.ROOT),
                gateway.homes().stream().flatMap(home -> roleAt(account, home).stream()).toList(),
                account.lastSeenAt().toString(),
                vouchedFor,
                agreement(account, untold));
    }

    private List<String> agreement(Account account, List<OutboxEntry> untold) {
        List<String> waiting =
                untold.stream()
                        .filter(entry -> entry.accountId().equals(account.id().value()))
                        .filter(entry -> entry.concernsPerson() || entry.isUnconverged())
                        .map(OperatorCommands::said)
                        .toList();
        if (!waiting.isEmpty()) {
            return waiting;
        }
        return account.isActive()
                ? gateway.homes().stream().flatMap(home -> standing(account, home)).toList()
                : List.of("agrees");
    }

    private Stream<String> standing(Account account, GatewayHome home) {
        return switch (gateway.facts().homeUsers().standingOf(account.id(), home.id())) {
            case PRESENT -> Stream.empty();
            case INACTIVE -> Stream.of(home.id() + ": switched off there");
            case GONE -> Stream.of(home.id() + ": deleted there");
        };
    }

    private static String said(OutboxEntry entry) {
        String state = entry.isUnconverged() ? "disagrees" : "waiting";
        return entry.home()
                + ": "
                + state
                + (entry.problem().isEmpty() ? "" : " (" + entry.problem() + ")");
    }

    private Optional<String> roleAt(Account account, GatewayHome home) {
        return gateway.facts()
                .accounts()
                .roleOf(account.id(), home.id())
                .map(role -> home.id() + ": " + role.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public ControlOutcome link(String account, String home, String homeAssistantUser) {
        return withAccount(
                account,
                found ->
                        withHome(
                                home,
                                at -> {
                                    try {
                                        return link(found, at, homeAssistantUser);
                                    } catch (HomeAssistantUnavailable away) {
                                        return new Refused(
                                                "Home Assistant cannot be asked now: "
                                                        + away.getMessage()
                                                        + ". Nothing was changed; try again.");
                                    }
                                }));
    }

    private ControlOutcome link(Account account, GatewayHome home, String named) {
        List<HomeAssistantUser> users =
                named(
                        named,
                        home.homeAssistant().users().list(),
                        HomeAssistantUser::id,
                        HomeAssistantUser::name);
        if (users.size() != 1) {
            return new Refused(
                    users.isEmpty()
                            ? "Home Assistant has no user '" + named + "'. Nothing was changed."
                            : "Several users of Home Assistant are called '"
                                    + named
                                    + "'. Give the user's id instead.");
        }
        HomeAssistantUser user = users.getFirst();
        return linked(
                account,
                user,
                home.signIn()
                        .attach(
                                account.id(),
                                user.id(),
                                CONSOLE,
                                gateway.facts().userLink().byAdministrator()));
    }

    private static ControlOutcome linked(
            Account account, HomeAssistantUser user, AttachResult result) {
        String person = account.username();
        return switch (result) {
            case AttachResult.Attached attached -> new Done(said(account, user, attached));
            case AttachResult.UserNotFound() ->
                    new Refused("Home Assistant has no such user any more.");
            case AttachResult.SystemGenerated() ->
                    new Refused(user.name() + " belongs to an integration; nobody signs in as it.");
            case AttachResult.AccountNotActive() ->
                    new Refused(person + " is suspended. Restore the account first.");
            case AttachResult.AccountNotAPersons() ->
                    new Refused(
                            person
                                    + " is a wall tablet or the emergency administrator, and keeps"
                                    + " no user of Home Assistant.");
            case AttachResult.AccountHasUser() ->
                    new Refused(
                            person
                                    + " is linked to a user of Home Assistant already. Nothing was"
                                    + " changed.");
            case AttachResult.AccountHasNoRole() ->
                    new Refused(
                            person
                                    + " has no role at this home, so nothing of "
                                    + user.name()
                                    + " could be used. Let them sign in here once, then link.");
            case AttachResult.UserTaken(var by) when by.equals(account.id()) ->
                    new Refused(user.name() + " belongs to this account already.");
            case AttachResult.UserTaken(var by) ->
                    new Refused(
                            user.name()
                                    + " belongs to account "
                                    + by
                                    + ", whose person signs in by themselves. Nothing was"
                                    + " changed.");
            case AttachResult.UserSuspended(var by) ->
                    new Refused(
                            "The phones and apps of "
                                    + user.name()
                                    + " belong to account "
                                    + by
                                    + ", which is suspended. Restore it first if they are to come"
                                    + " along.");
        };
    }

    private static String said(
            Account account, HomeAssistantUser user, AttachResult.Attached attached) {
        StringBuilder text =
                new StringBuilder(
                        account.username()
                                + " is now "
                                + user.name()
                                + " in Home Assistant, from the next sign-in on.");
        if (attached.grants() + attached.webhooks() > 0) {
            text.append(
                    " What was in use before came along: "
                            + attached.grants()
                            + " apps and tokens, "
                            + attached.webhooks()
                            + " phones.");
        }
        if (!attached.madeUser().isEmpty()) {
            text.append(
                    " The user that was made for them (id "
                            + attached.madeUser()
                            + ") is not used any more: delete it in Home Assistant when nothing of"
                            + " it is needed.");
        }
        return text.toString();
    }

    @Override
    public ControlOutcome suspend(String account) {
        return withAccount(
                account,
                found ->
                        switch (gateway.facts()
                                .lifecycle()
                                .suspend(found.id(), SuspendedBy.OPERATOR, CAUSE)) {
                            case SuspendResult.Suspended() ->
                                    new Done(
                                            found.username()
                                                    + " is shut out everywhere: sessions, apps and"
                                                    + " open pages have ended.");
                            case SuspendResult.AlreadySuspended() ->
                                    new Refused(found.username() + " is suspended already.");
                            case SuspendResult.NoSuchAccount() ->
                                    new Refused("There is no such account any more.");
                            case SuspendResult.LastAdministrator(var home) ->
                                    lastAdministrator(found, home);
                        });
    }

    private static Refused lastAdministrator(Account account, HomeId home) {
        return new Refused(
                account.username()
                        + " is the last administrator of "
                        + home
                        + ": nobody could run it afterwards. Make somebody else an administrator"
                        + " first. Nothing was changed.");
    }

    @Override
    public ControlOutcome remove(String account) {
        return withAccount(
                account,
                found ->
                        switch (gateway.facts().lifecycle().remove(found.id(), CAUSE)) {
                            case RemoveResult.Removed() ->
                                    new Done(
                                            found.username()
                                                    + " is removed. Whoever signs in with the same"
                                                    + " identity from now on is somebody new.");
                            case RemoveResult.NoSuchAccount() ->
                                    new Refused("There is no such account any more.");
                            case RemoveResult.LastAdministrator(var home) ->
                                    lastAdministrator(found, home);
                        });
    }

    @Override
    public ControlOutcome signOut(String account) {
        return withAccount(
                account,
                found -> {
                    gateway.facts().lifecycle().signOutEverywhere(found.id(), CAUSE);
                    return new Done(
                            found.username()
                                    + " is signed out everywhere, in browsers, apps and services,"
                                    + " and may sign in again.");
                });
    }

    @Override
    public ControlOutcome restore(String account) {
        return withAccount(
                account,
                found ->
                        gateway.facts().lifecycle().restore(found.id(), SuspendedBy.OPERATOR, CAUSE)
                                ? new Done(found.username() + " may sign in again.")
                                : new Refused(found.username() + " is not suspended."));
    }

    @Override
    public List<GrantLine> grants() {
        return gateway.facts().grants().list().stream().map(this::line).toList();
    }

    private GrantLine line(GrantSummary grant) {
        String username =
                gateway.facts()
                        .accounts()
                        .find(new AccountId(grant.accountId()))
                        .map(Account::username)
                        .orElse("");
        return new GrantLine(
                grant.id().value(),
                grant.home().value(),
                grant.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                username,
                grant.name(),
                grant.isWaiting() ? "waiting" : "active",
                grant.createdAt().toString(),
                grant.lastUsedAt().toString(),
                grant.expiresAt().map(Object::toString).orElse(""));
    }

    @Override
    public ControlOutcome approve(String grant) {
        Optional<GrantSummary> waiting =
                gateway.facts().grants().list().stream()
                        .filter(candidate -> candidate.id().value().equals(grant))
                        .filter(GrantSummary::isWaiting)
                        .findFirst();
        return waiting.filter(
                                found ->
                                        gateway.facts()
                                                .grants()
                                                .approve(found.id(), found.home(), CONSOLE))
                        .isPresent()
                ? new Done("Approved. It works from now on.")
                : new Refused(
                        "No grant with this id waits for approval. See: vestibule grant list");
    }

    @Override
    public ControlOutcome revoke(String grant) {
        return gateway.facts().sessionLifecycle().endGrant(new GrantId(grant), CAUSE)
                ? new Done("Ended. Home Assistant hears of it as soon as it answers.")
                : new Refused("There is no live grant with this id. See: vestibule grant list");
    }

    @Override
    public ScimClientControl scimClients() {
        return new OperatorScimClients(gateway, this);
    }

    @Override
    public AuditControl audit() {
        return new OperatorAudit(gateway.auditStore(), gateway.accounts());
    }

    @Override
    public ExplainControl explain() {
        return OperatorExplain.of(gateway);
    }

    @Override
    public KioskControl kiosks() {
        return new OperatorKiosks(gateway.tabletKeys(), gateway.tabletKeyRemoval());
    }

    @Override
    public DeprovisioningControl deprovisioning() {
        return new OperatorDeprovisioning(gateway);
    }

    @Override
    public EmergencyControl emergency() {
        return new OperatorEmergency(gateway, this);
    }

    @Override
    public LeaveControl leaving() {
        return new OperatorLeaving(gateway);
    }

    ControlOutcome withAccount(String named, Function<Account, ControlOutcome> work) {
        List<Account> found =
                named(
                        named,
                        gateway.facts().accounts().list().stream().filter(Account::isHere).toList(),
                        account -> account.id().value(),
                        Account::username);
        return switch (found.size()) {
            case 1 -> work.apply(found.getFirst());
            case 0 ->
                    new Refused("There is no account '" + named + "'. See: vestibule account list");
            default ->
                    new Refused(
                            "Several accounts are called '" + named + "'. Give the id instead.");
        };
    }

    /// Who has the id, else who has the name. Attack: names are chosen by their people, and one who
    /// takes another's id for a name must not keep that one from being suspended.
    static <T> List<T> named(
            String named, List<T> all, Function<T, String> id, Function<T, String> name) {
        List<T> byId = all.stream().filter(one -> id.apply(one).equals(named)).toList();
        return byId.isEmpty()
                ? all.stream().filter(one -> name.apply(one).equals(named)).toList()
                : byId;
    }

    ControlOutcome withHome(String named, Function<GatewayHome, ControlOutcome> work) {
        List<GatewayHome> homes = gateway.homes();
        if (named.isEmpty() && homes.size() == 1) {
            return work.apply(homes.getFirst());
        }
        return homes.stream()
                .filter(home -> home.id().value().equals(named))
                .findFirst()
                .map(work)
                .orElseGet(
                        () ->
                                new Refused(
                                        "Which home? There are: "
                                                + String.join(
                                                        ", ",
                                                        homes.stream()
                                                                .map(home -> home.id().value())
                                                                .toList())));
    }
}
