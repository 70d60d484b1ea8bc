package dev.vestibule;

import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.ControlOutcome.Done;
import dev.vestibule.cli.ControlOutcome.Refused;
import dev.vestibule.cli.LeaveControl;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.leave.Although;
import dev.vestibule.leave.HouseLeaving.Return;
import dev.vestibule.leave.LeavePlan;
import dev.vestibule.leave.LeaveResult;
import dev.vestibule.provisioning.HomeState;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What the operator of this machine may ask of a running gateway about being taken away. Safe to
/// share between threads; waits for Home Assistant.
final class OperatorLeaving implements LeaveControl {

    private final Gateway gateway;

    OperatorLeaving(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public LeaveReport plan(String home) {
        return each(home, this::plan);
    }

    @Override
    public LeaveReport leave(String home, Although although) {
        // A home that was left before may have another token by now, for coming back.
        boolean isAboutOthers =
                home.isEmpty() && gateway.homes().stream().anyMatch(one -> leftAt(one).isEmpty());
        return each(
                home,
                at ->
                        leftAt(at)
                                .filter(_ -> isAboutOthers)
                                .map(since -> wasLeft(at, since))
                                .orElseGet(() -> leave(at, although)));
    }

    private static Optional<Instant> leftAt(GatewayHome home) {
        return home.leaving().state() instanceof HomeState.Left(_, var at)
                ? Optional.of(at)
                : Optional.empty();
    }

    private static LeaveReport wasLeft(GatewayHome home, Instant at) {
        return new LeaveReport(
                List.of(section(title(home, "was left at " + moment(at) + "."))), true);
    }

    private LeaveReport each(String named, Function<GatewayHome, LeaveReport> work) {
        List<GatewayHome> meant =
                gateway.homes().stream()
                        .filter(home -> named.isEmpty() || home.id().value().equals(named))
                        .toList();
        if (meant.isEmpty()) {
            return new LeaveReport(List.of(section("There is no home '" + named + "'.")), false);
        }
        List<LeaveReport> reports = meant.stream().map(work).toList();
        return new LeaveReport(
                reports.stream().flatMap(report -> report.sections().stream()).toList(),
                reports.stream().allMatch(LeaveReport::isDone));
    }

    private LeaveReport plan(GatewayHome home) {
        Optional<Instant> at = leftAt(home);
        if (at.isPresent()) {
            return wasLeft(home, at.get());
        }
        try {
            LeavePlan plan = home.leaving().plan();
            List<LeaveSection> sections = new ArrayList<>();
            sections.add(section(title(home, "what leaving means.")));
            sections.addAll(new LeavePlanSections(gateway.accounts(), home.config()).of(plan));
            sections.add(section("Nothing was changed. 'vestibule leave --yes' does it."));
            return new LeaveReport(sections, true);
        } catch (HomeAssistantUnavailable away) {
            return new LeaveReport(
                    List.of(
                            section(
                                    title(
                                            home,
                                            "cannot be looked at: Home Assistant did not answer ("
                                                    + away.reason()
                                                    + ")."))),
                    false);
        }
    }

    private static LeaveReport leave(GatewayHome home, Although although) {
        LeaveResult result = home.leaving().leave(although);
        return new LeaveOutcome(home.config(), home.leaving().state()).of(result);
    }

    @Override
    public ControlOutcome comeBack(String home) {
        List<GatewayHome> meant =
                gateway.homes().stream()
                        .filter(
                                home.isEmpty()
                                        ? GatewayHome::isShut
                                        : (Predicate<GatewayHome>)
                                                one -> one.id().value().equals(home))
                        .toList();
        if (meant.size() != 1) {
            return new Refused(
                    meant.isEmpty()
                            ? "No such home was left. Nothing was changed."
                            : "Which home? Say --home NAME.");
        }
        return switch (meant.getFirst().leaving().comeBack()) {
            case Return.DONE ->
                    new Done(
                            "Home '"
                                    + meant.getFirst().id()
                                    + "' is served again once the gateway has started anew. If its"
                                    + " token was ended, make another one in Home Assistant and put"
                                    + " it into the configuration first.");
            case Return.NEVER_LEFT ->
                    new Refused(
                            "Home '" + meant.getFirst().id() + "' was not left. Nothing to do.");
            case Return.BUSY -> new Refused("Another command is at it. Wait for that one.");
        };
    }

    @Override
    public List<String> standing() {
        return gateway.homes().stream().flatMap(home -> standing(home).stream()).toList();
    }

    private static Optional<String> standing(GatewayHome home) {
        return switch (home.leaving().state()) {
            case HomeState.Served _ -> Optional.empty();
            case HomeState.Leaving(var since) ->
                    Optional.of(
                            title(home, "is being left since " + moment(since))
                                    + ": nobody comes in. 'vestibule leave --yes' goes on.");
            case HomeState.Left(_, var at) ->
                    Optional.of(
                            title(home, "was left at " + moment(at))
                                    + ": nobody comes in, and nothing is asked of Home Assistant."
                                    + " 'vestibule leave --come-back' takes that back.");
        };
    }

    private static String title(GatewayHome home, String what) {
        return "Home '" + home.id() + "' " + what;
    }

    private static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static LeaveSection section(String heading, String... lines) {
        return new LeaveSection(heading, List.of(lines));
    }
}
