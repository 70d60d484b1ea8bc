package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.ControlOutcome.Done;
import dev.vestibule.cli.ControlOutcome.Refused;
import dev.vestibule.cli.LeaveControl;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.leave.HouseLeaving.Return;
import dev.vestibule.leave.LeavePlan;
import dev.vestibule.leave.LeaveResult;
import dev.vestibule.leave.Leaver;
import dev.vestibule.provisioning.HomeState;
import dev.vestibule.webhook.WebhookLine;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
    public LeaveReport leave(String home, boolean mayComeBack) {
        // A home that was left before may have another token by now, for coming back.
        boolean isAboutOthers =
                home.isEmpty() && gateway.homes().stream().anyMatch(one -> leftAt(one).isEmpty());
        return each(
                home,
                at ->
                        leftAt(at)
                                .filter(_ -> isAboutOthers)
                                .map(since -> wasLeft(at, since))
                                .orElseGet(() -> leave(at, mayComeBack)));
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
            List<LeaveSection> sections = new ArrayList<>(sections(home, home.leaving().plan()));
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

    private List<LeaveSection> sections(GatewayHome home, LeavePlan plan) {
        List<LeaveSection> all = new ArrayList<>();
        all.add(section(title(home, "what leaving means.")));
        all.addAll(LeaverSections.of(plan.people()));
        LeaverSections.add(
                all,
                "Were to lose their access, and keep it until somebody decides; so leaving treats"
                        + " them like everybody. See 'vestibule deprovisioning list' first",
                heldBack());
        LeaverSections.add(
                all,
                "Sign in anew, at Home Assistant's own page: what they hold is Vestibule's",
                plan.ending().stream().map(this::program).distinct().toList());
        LeaverSections.add(
                all,
                "Keep what they hold, which is Home Assistant's own; scripts that name an address"
                        + " need Home Assistant's",
                plan.staying().stream().map(this::program).distinct().toList());
        LeaverSections.add(
                all,
                "Phones that send to the house. Where the address stays the same they go on;"
                        + " otherwise give them Home Assistant's in the app's settings",
                plan.phones().stream().map(this::phone).toList());
        LeaverSections.add(
                all,
                "Wall tablets, which sign in with the login of their user",
                home.config().signIn().kiosks().stream().map(kiosk -> kiosk.name()).toList());
        LeaverSections.add(
                all,
                "Made here, nobody's any more, and without a login: delete them in Home Assistant"
                        + " if you like",
                plan.abandoned());
        LeaverSections.add(
                all,
                "Hidden credentials of nobody here, perhaps of another Vestibule: look at them"
                        + " yourself",
                plan.strangeCredentials());
        all.add(
                section(
                        "Last",
                        "Vestibule's own token is ended, and nobody comes in through it any more.",
                        "Have the reverse proxy lead "
                                + home.config().publicUrl()
                                + " to "
                                + home.config().homeAssistant().url()
                                + ", and list it there as 'http: trusted_proxies'."));
        return all;
    }

    private List<String> heldBack() {
        return gateway.facts().breaker().list().stream()
                .filter(hold -> hold.waiting() > 0)
                .map(hold -> hold.source() + ": " + String.join(", ", hold.examples()))
                .toList();
    }

    private String program(GrantSummary grant) {
        String what = grant.name().isEmpty() ? grant.clientId() : grant.name();
        return who(grant.accountId()) + ": " + what + kind(grant);
    }

    private static String kind(GrantSummary grant) {
        return switch (grant.kind()) {
            case CLIENT -> "";
            case ADOPTED -> " (older than Vestibule)";
            case LONG_LIVED -> " (long-lived token)";
            case SERVICE -> " (service)";
        };
    }

    private String phone(WebhookLine phone) {
        return who(phone.accountId()) + ": " + phone.name();
    }

    private String who(String accountId) {
        return accountId.isEmpty()
                ? "nobody's"
                : gateway.accounts()
                        .find(new AccountId(accountId))
                        .map(Account::username)
                        .orElse("somebody");
    }

    private LeaveReport leave(GatewayHome home, boolean mayComeBack) {
        return switch (home.leaving().leave(mayComeBack)) {
            case LeaveResult.Left(var people, var logins, var isTokenGone) ->
                    new LeaveReport(left(home, people, logins, isTokenGone), isTokenGone);
            case LeaveResult.LeftBefore(var isTokenGone, var logins) ->
                    new LeaveReport(leftBefore(home, logins, isTokenGone), isTokenGone);
            case LeaveResult.NotYet(var reason) ->
                    notDone(
                            home,
                            "is not left yet: " + reason + ".",
                            state(home) + "'vestibule leave --yes' goes on.");
            case LeaveResult.WouldComeBack(var people) ->
                    notDone(
                            home,
                            "is not left: Vestibule alone keeps these people out, because Home"
                                    + " Assistant cannot deactivate them.",
                            Stream.concat(
                                            LeaverSections.comingBack(people).stream(),
                                            Stream.of(
                                                    state(home)
                                                            + "Change their passwords in"
                                                            + " Home Assistant, then say"
                                                            + " --although-people-come-back."))
                                    .toArray(String[]::new));
            case LeaveResult.NobodyCouldRunIt() ->
                    notDone(
                            home,
                            "is not left: no administrator could sign in at Home Assistant"
                                    + " afterwards.",
                            state(home) + "Give an administrator a password there first.");
            case LeaveResult.Busy() ->
                    notDone(home, "is being left by another command. Wait for that one.");
        };
    }

    private static List<LeaveSection> leftBefore(
            GatewayHome home, Optional<Path> logins, boolean isTokenGone) {
        List<LeaveSection> all = new ArrayList<>();
        all.add(section(title(home, "was left before."), token(home, isTokenGone)));
        logins.map(OperatorLeaving::handOut).ifPresent(all::add);
        return all;
    }

    private static LeaveSection handOut(Path file) {
        return section(
                "The new logins are in " + file + ".",
                "Only its owner can read it. Hand them out, and delete it: there is no other"
                        + " copy.");
    }

    private static String state(GatewayHome home) {
        return home.leaving().state() instanceof HomeState.Served
                ? "Nothing was changed. "
                : "Nobody comes in through Vestibule meanwhile, and nothing is lost. ";
    }

    private static LeaveReport notDone(GatewayHome home, String what, String... lines) {
        return new LeaveReport(List.of(section(title(home, what), lines)), false);
    }

    private List<LeaveSection> left(
            GatewayHome home, List<Leaver> people, Optional<Path> logins, boolean isTokenGone) {
        List<LeaveSection> all = new ArrayList<>();
        all.add(section(title(home, "is left."), token(home, isTokenGone)));
        all.addAll(LeaverSections.of(people));
        logins.map(OperatorLeaving::handOut).ifPresent(all::add);
        all.add(
                section(
                        "Now have the reverse proxy lead "
                                + home.config().publicUrl()
                                + " to "
                                + home.config().homeAssistant().url()
                                + ".",
                        "Apps that used Vestibule's sign-in ask to sign in anew then. Until then"
                                + " every request is answered with 503."));
        return all;
    }

    private static String token(GatewayHome home, boolean isTokenGone) {
        return isTokenGone
                ? "Vestibule's own token opens nothing any more."
                : "Vestibule's own token could not be ended. Say 'vestibule leave --yes --home "
                        + home.id()
                        + "' again, or delete it yourself: sign in at "
                        + home.config().homeAssistant().url()
                        + " as the administrator who made it, and look under the profile,"
                        + " Security, Long-lived access tokens.";
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
