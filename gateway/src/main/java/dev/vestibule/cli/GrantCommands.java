package dev.vestibule.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `grant`: what apps, browsers and services may do in people's names or their own.
final class GrantCommands {

    private final ControlCommand commands;

    GrantCommands(Terminal terminal, ConfigOption config) {
        this.commands = new ControlCommand(terminal, config);
    }

    CommandSpec spec() {
        CommandSpec grant =
                new Action(
                                "grant",
                                "The apps, browsers and services that a running gateway lets in.",
                                Cli::showHelp)
                        .spec();
        grant.addSubcommand(
                "list",
                commands.spec(
                        "list",
                        "List them, with those that wait for approval.",
                        _ -> new ControlRequest.ListGrants()));
        grant.addSubcommand(
                "approve",
                commands.spec(
                                "approve",
                                "Let in a service, such as Cast, that waits for approval.",
                                arguments -> new ControlRequest.Approve(id(arguments)))
                        .addPositional(parameter()));
        grant.addSubcommand(
                "revoke",
                commands.spec(
                                "revoke",
                                "End a grant for good.",
                                arguments -> new ControlRequest.Revoke(id(arguments)))
                        .addPositional(parameter()));
        return grant;
    }

    private static PositionalParamSpec parameter() {
        return ControlCommand.parameter(0, "GRANT", "The grant's id, as the list has it.");
    }

    private static String id(ParseResult arguments) {
        return arguments.matchedPositionalValue(0, "");
    }
}
