package dev.vestibule.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `deprovisioning`: people who would have lost their access, too many at once.
final class DeprovisioningCommands {

    private final ControlCommand commands;

    DeprovisioningCommands(Terminal terminal, ConfigOption config) {
        this.commands = new ControlCommand(terminal, config);
    }

    CommandSpec spec() {
        CommandSpec deprovisioning =
                new Action(
                                "deprovisioning",
                                "People whom an identity system sent away, too many at once to"
                                        + " believe it.",
                                Cli::showHelp)
                        .spec();
        deprovisioning.addSubcommand(
                "list",
                commands.spec(
                        "list",
                        "List what is held, and what you have allowed.",
                        _ -> new ControlRequest.OfDeprovisioning.ListAll()));
        deprovisioning.addSubcommand(
                "allow",
                commands.spec(
                                "allow",
                                "It is meant: whomever SOURCE sends away loses their access, from"
                                        + " now on and for as long as 'deprovisioning.within' says."
                                        + " May be said ahead of time.",
                                arguments ->
                                        new ControlRequest.OfDeprovisioning.Allow(
                                                source(arguments)))
                        .addPositional(parameter()));
        deprovisioning.addSubcommand(
                "dismiss",
                commands.spec(
                                "dismiss",
                                "It was a mistake, and is put right: nobody leaves by what was held"
                                        + " until now. Also takes back what you have allowed.",
                                arguments ->
                                        new ControlRequest.OfDeprovisioning.Dismiss(
                                                source(arguments)))
                        .addPositional(parameter()));
        return deprovisioning;
    }

    private static PositionalParamSpec parameter() {
        return ControlCommand.parameter(
                0, "SOURCE", "As the list has it: scim:NAME of a SCIM client, or provider:ID.");
    }

    private static String source(ParseResult arguments) {
        return arguments.matchedPositionalValue(0, "");
    }
}
