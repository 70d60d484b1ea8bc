package dev.vestibule.cli;

import dev.vestibule.cli.ControlRequest.OfLeaving;
import dev.vestibule.cli.LeaveControl.LeaveSection;
import dev.vestibule.foreign.ForeignText;
import dev.vestibule.leave.Although;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.io.PrintWriter;
import java.util.List;

/// `leave`: takes the gateway away from Home Assistant. Without `--yes` it only says what that
/// means.
final class LeaveCommand {

    private static final String HOME = "--home";
    private static final String YES = "--yes";
    private static final String PEOPLE_COME_BACK = "--although-people-come-back";
    private static final String DEPARTURES_ARE_HELD = "--although-departures-are-held";
    private static final String COME_BACK = "--come-back";

    private final ControlCommand commands;

    LeaveCommand(Terminal terminal, ConfigOption config) {
        this.commands = new ControlCommand(terminal, config);
    }

    CommandSpec spec() {
        return commands.spec(
                        "leave",
                        "Say what it means to take Vestibule away: who gets a login of their own,"
                                + " what has to be connected anew. With --yes, do it: Home"
                                + " Assistant is as if Vestibule had never been. What was begun is"
                                + " gone on with.",
                        LeaveCommand::request)
                .addOption(
                        OptionSpec.builder(HOME)
                                .paramLabel("NAME")
                                .type(String.class)
                                .description("Only this home; without it, all of them.")
                                .build())
                .addOption(flag(YES, "Do it."))
                .addOption(
                        flag(
                                PEOPLE_COME_BACK,
                                "With --yes: even where people can come in again whom only"
                                        + " Vestibule keeps out."))
                .addOption(
                        flag(
                                DEPARTURES_ARE_HELD,
                                "With --yes: even where people keep their access for good who were"
                                        + " to lose it, because nobody has decided yet. See"
                                        + " 'deprovisioning'."))
                .addOption(
                        flag(
                                COME_BACK,
                                "Have a home that was left served again, from the next start"
                                        + " on."));
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).description(description).build();
    }

    private static ControlRequest request(ParseResult arguments) {
        String home = arguments.matchedOptionValue(HOME, "");
        boolean isMeant = arguments.hasMatchedOption(YES);
        if (arguments.hasMatchedOption(COME_BACK)) {
            if (isMeant) {
                throw new CommandFailed("Either " + YES + " or " + COME_BACK + ".");
            }
            return new OfLeaving.ComeBack(home);
        }
        return isMeant
                ? new OfLeaving.Leave(
                        home,
                        new Although(
                                arguments.hasMatchedOption(PEOPLE_COME_BACK),
                                arguments.hasMatchedOption(DEPARTURES_ARE_HELD)))
                : new OfLeaving.Plan(home);
    }

    /// Names come from providers and phones.
    static void print(List<LeaveSection> sections, PrintWriter out) {
        for (LeaveSection section : sections) {
            out.println(ForeignText.marked(section.heading()));
            section.lines().forEach(line -> out.println("  " + ForeignText.marked(line)));
        }
    }
}
