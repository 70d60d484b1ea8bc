package dev.vestibule;

import dev.vestibule.cli.LeaveControl.LeaveReport;
import dev.vestibule.cli.LeaveControl.LeaveSection;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.leave.LeaveResult;
import dev.vestibule.leave.Leaver;
import dev.vestibule.provisioning.HomeState;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells the operator what came of leaving a home, and what is theirs to do now.
final class LeaveOutcome {

    private final HomeConfig home;
    private final HomeState state;

    /// @param state of the home after the try
    LeaveOutcome(HomeConfig home, HomeState state) {
        this.home = home;
        this.state = state;
    }

    LeaveReport of(LeaveResult result) {
        return switch (result) {
            case LeaveResult.Left(var people, var logins, var isTokenGone) ->
                    new LeaveReport(left(people, logins, isTokenGone), isTokenGone);
            case LeaveResult.LeftBefore(var isTokenGone, var logins) ->
                    new LeaveReport(leftBefore(logins, isTokenGone), isTokenGone);
            case LeaveResult.NotYet(var reason) ->
                    notDone(
                            "is not left yet: " + reason + ".",
                            meanwhile() + "'vestibule leave --yes' goes on.");
            case LeaveResult.WouldComeBack(var people) ->
                    notDone(
                            "is not left: Vestibule alone keeps these people out, because Home"
                                    + " Assistant cannot deactivate them.",
                            with(
                                    LeaverSections.comingBack(people),
                                    "Change their passwords in Home Assistant, then say"
                                            + " --although-people-come-back."));
            case LeaveResult.Undecided(var people) ->
                    notDone(
                            "is not left: these people were to lose their access, and nobody has"
                                    + " decided yet. They would keep it for good.",
                            with(
                                    LeaverSections.names(people),
                                    "See 'vestibule deprovisioning list'. Say 'vestibule"
                                            + " deprovisioning allow', and have the identity system"
                                            + " send them away again; or 'vestibule deprovisioning"
                                            + " dismiss', and they stay. To leave without"
                                            + " deciding, say --although-departures-are-held."));
            case LeaveResult.NobodyCouldRunIt() ->
                    notDone(
                            "is not left: no administrator could sign in at Home Assistant"
                                    + " afterwards.",
                            meanwhile() + "Give an administrator a password there first.");
            case LeaveResult.Busy() ->
                    notDone("is being left by another command. Wait for that one.");
        };
    }

    private String[] with(List<String> people, String advice) {
        return Stream.concat(people.stream(), Stream.of(meanwhile() + advice))
                .toArray(String[]::new);
    }

    private String meanwhile() {
        return state instanceof HomeState.Served
                ? "Nothing was changed. "
                : "Nobody comes in through Vestibule meanwhile, and nothing is lost. ";
    }

    private LeaveReport notDone(String what, String... lines) {
        return new LeaveReport(List.of(section(title(what), lines)), false);
    }

    private List<LeaveSection> leftBefore(Optional<Path> logins, boolean isTokenGone) {
        List<LeaveSection> all = new ArrayList<>();
        all.add(section(title("was left before."), token(isTokenGone)));
        logins.map(LeaveOutcome::handOut).ifPresent(all::add);
        return all;
    }

    private List<LeaveSection> left(
            List<Leaver> people, Optional<Path> logins, boolean isTokenGone) {
        List<LeaveSection> all = new ArrayList<>();
        all.add(section(title("is left."), token(isTokenGone)));
        all.addAll(LeaverSections.of(people));
        logins.map(LeaveOutcome::handOut).ifPresent(all::add);
        all.add(
                section(
                        "Now have the reverse proxy lead "
                                + home.publicUrl()
                                + " to "
                                + home.homeAssistant().url()
                                + ".",
                        "Apps that used Vestibule's sign-in ask to sign in anew then. Until then"
                                + " every request is answered with 503."));
        return all;
    }

    private static LeaveSection handOut(Path file) {
        return section(
                "The new logins are in " + file + ".",
                "Only its owner can read it. Hand them out, and delete it: there is no other"
                        + " copy.");
    }

    private String token(boolean isTokenGone) {
        return isTokenGone
                ? "Vestibule's own token opens nothing any more."
                : "Vestibule's own token could not be ended. Say 'vestibule leave --yes --home "
                        + home.name()
                        + "' again, or delete it yourself: sign in at "
                        + home.homeAssistant().url()
                        + " as the administrator who made it, and look under the profile,"
                        + " Security, Long-lived access tokens.";
    }

    private String title(String what) {
        return "Home '" + home.name() + "' " + what;
    }

    private static LeaveSection section(String heading, String... lines) {
        return new LeaveSection(heading, List.of(lines));
    }
}
