package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.EndReason;
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
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.RemoveResult;
import dev.vestibule.revocation.SuspendResult;
import dev.vestibule.telling.Telling;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What the operator of this machine may ask of a running gateway, through the control socket. Safe
/// to share between threads; may wait for Home Assistant.
final class OperatorCommands implements ControlCommands {

    /// Where its orders come from, for the audit log.
    static final Cause CAUSE =
            new Cause(Actor.CONSOLE.by(), EndReason.BY_OPERATOR, Actor.CONSOLE.address());

    private final Gateway gateway;

    OperatorCommands(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<AccountLine> accounts() {
        return new OperatorAccountList(gateway).lines();
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
                                        return new OperatorLink(gateway)
                                                .link(found, at, homeAssistantUser);
                                    } catch (HomeAssistantUnavailable away) {
                                        return new Refused(
                                                "Home Assistant cannot be asked now: "
                                                        + away.getMessage()
                                                        + ". Nothing was changed; try again.");
                                    }
                                }));
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
                                                .approve(found.id(), found.home(), Actor.CONSOLE))
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
        return new OperatorAudit(
                gateway.auditStore(),
                gateway.accounts(),
                new Telling(gateway.accounts(), gateway.config()));
    }

    @Override
    public ExplainControl explain() {
        return new OperatorExplain(gateway);
    }

    @Override
    public KioskControl kiosks() {
        return new OperatorKiosks(
                gateway.accounts(), gateway.tabletKeys(), gateway.tabletKeyRemoval());
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
