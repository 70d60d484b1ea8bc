package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.ControlOutcome.Done;
import dev.vestibule.cli.ControlOutcome.NewToken;
import dev.vestibule.cli.ControlOutcome.Refused;
import dev.vestibule.cli.EmergencyControl;
import dev.vestibule.config.BreakGlassConfig;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RequireUpstreamConfig;
import dev.vestibule.emergency.BreakGlass;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.local.LocalEntrance;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the operator of this machine may ask of a running gateway when the usual ways in are
/// broken. Safe to share between threads.
final class OperatorEmergency implements EmergencyControl {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorEmergency.class);

    private final Gateway gateway;
    private final OperatorCommands commands;
    private final BreakGlass breakGlass;
    private final LocalEntrance local;

    OperatorEmergency(Gateway gateway, OperatorCommands commands) {
        this.gateway = gateway;
        this.commands = commands;
        this.breakGlass = gateway.entrances().breakGlass();
        this.local = gateway.entrances().local();
    }

    @Override
    public ControlOutcome breakGlass(String home, boolean isAnywhere) {
        return commands.withHome(home, at -> issue(at, isAnywhere));
    }

    private ControlOutcome issue(GatewayHome home, boolean isAnywhere) {
        BreakGlassConfig config = home.config().signIn().breakGlass();
        boolean isEverywhere = isAnywhere || config.anywhere();
        if (!isEverywhere && gateway.config().network().lan().isEmpty()) {
            return new Refused(
                    "No network is listed as 'network.lan', so there is nowhere to use a code from."
                            + " Say --anywhere if it may be used from anywhere.");
        }
        BreakGlass.IssuedCode issued = breakGlass.issue(home.id(), isAnywhere);
        return new NewToken(
                issued.code(),
                "Open "
                        + addresses(home)
                        + (isEverywhere ? "" : ", from a network listed as 'network.lan',")
                        + " and type this code. It works once, until "
                        + moment(issued.goodUntil())
                        + ", and signs you in as \""
                        + config.name()
                        + "\" for "
                        + config.lifetime().toMinutes()
                        + " minutes. An earlier code has ended. The log will say that it was"
                        + " used."
                        + throughTheProxy(home.config().routes().requireUpstream()));
    }

    /// Not even a code passes the rule: what it opens would be refused at the door with every
    /// request that follows.
    private static String throughTheProxy(RequireUpstreamConfig demand) {
        if (!demand.isDemanded()) {
            return "";
        }
        String rule = " This home lets nobody in around its proxy ('require-upstream'): open it";
        return demand.peers().isEmpty()
                ? rule
                        + " through the proxy. While that is away, only 'vestibule break-glass"
                        + " --rescue' helps, since no 'peers' are listed."
                : rule
                        + " through the proxy, or straight from one of 'peers': "
                        + demand.peers().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    private static String addresses(GatewayHome home) {
        List<Origin> all = new ArrayList<>();
        all.add(home.config().publicUrl());
        all.addAll(home.config().origins());
        return all.stream()
                .map(origin -> origin.resolve(BreakGlass.PATH).toString())
                .collect(Collectors.joining(" or "));
    }

    private static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public ControlOutcome openLocalLogin(String home, Duration length) {
        return commands.withHome(home, at -> open(at, length));
    }

    private ControlOutcome open(GatewayHome home, Duration length) {
        return switch (home.config().signIn().localLogin()) {
            case ON ->
                    new Refused("The form is there all the time: 'sign-in.local-login' is 'on'.");
            case OFF ->
                    new Refused(
                            "'sign-in.local-login' is 'off', so the form cannot be brought back."
                                    + " Set it to 'break-glass' and start the gateway again, or use"
                                    + " 'vestibule break-glass'.");
            case BREAK_GLASS ->
                    gateway.config().network().lan().isEmpty()
                            ? new Refused(
                                    "The form would be there for browsers at home only, and no"
                                            + " network is listed as 'network.lan'. Use 'vestibule"
                                            + " break-glass --anywhere'.")
                            : new Done(
                                    "People at home can sign in with their names and passwords of"
                                            + " Home Assistant until "
                                            + moment(local.open(home.id(), length))
                                            + ".");
        };
    }

    @Override
    public ControlOutcome closeLocalLogin(String home) {
        return commands.withHome(
                home,
                at ->
                        local.close(at.id())
                                ? new Done("The form is gone. Who is signed in stays so.")
                                : new Refused("The form was not opened here."));
    }

    @Override
    public ControlOutcome localLoginStatus() {
        return new Done(
                gateway.homes().stream().map(this::status).collect(Collectors.joining("\n")));
    }

    private String status(GatewayHome home) {
        LocalLogin setting = home.config().signIn().localLogin();
        String state =
                switch (setting) {
                    case ON -> "on, for everybody";
                    case OFF -> "off";
                    case BREAK_GLASS ->
                            local.openUntil(home.id())
                                    .map(until -> "on at home, until " + moment(until))
                                    .orElse("off; 'vestibule local-login on --for 15m' opens it");
                };
        return home.id() + ": " + state;
    }

    @Override
    public ControlOutcome partFromAdministrators() {
        List<String> left = gateway.homes().stream().flatMap(home -> part(home).stream()).toList();
        return left.isEmpty()
                ? new Done("The emergency administrator is gone.")
                : new Refused(String.join("\n", left));
    }

    /// @return what the operator has to do themselves
    private Optional<String> part(GatewayHome home) {
        return gateway.accounts()
                .find(BreakGlass.administratorOf(home.id()))
                .flatMap(account -> part(home, account));
    }

    private Optional<String> part(GatewayHome home, Account account) {
        gateway.facts().lifecycle().signOutEverywhere(account.id(), OperatorCommands.CAUSE);
        try {
            return switch (home.signIn().discard(account.id(), true)) {
                case DONE -> Optional.empty();
                case UNDONE -> Optional.of(userLeft(home, "Home Assistant did not delete them"));
            };
        } catch (HomeAssistantUnavailable away) {
            return Optional.of(userLeft(home, away.reason()));
        }
    }

    private static String userLeft(GatewayHome home, String reason) {
        LOG.error("event=emergency-user-left home={} reason=\"{}\"", home.id(), reason);
        return "The user \""
                + home.config().signIn().breakGlass().name()
                + "\" is still an administrator of Home Assistant at home '"
                + home.id()
                + "' ("
                + reason
                + "). Delete them there yourself, under Settings, People, Users.";
    }
}
