package dev.vestibule.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

import java.util.List;

/// `scim-client`: the identity systems that may send people to a running gateway.
final class ScimClientCommands {

    private static final String PROVIDER = "--provider";
    private static final String NETWORK = "--network";
    private static final String FINISH = "--finish";

    private final ControlCommand commands;

    ScimClientCommands(Terminal terminal, ConfigOption config) {
        this.commands = new ControlCommand(terminal, config);
    }

    CommandSpec spec() {
        CommandSpec client =
                new Action(
                                "scim-client",
                                "The identity systems that may send people and groups over SCIM.",
                                Cli::showHelp)
                        .spec();
        client.addSubcommand("list", list());
        client.addSubcommand("add", add());
        client.addSubcommand("rotate", rotate());
        client.addSubcommand("remove", remove());
        client.addSubcommand("give", give());
        return client;
    }

    private CommandSpec list() {
        return commands.spec(
                "list",
                "List them, with their tokens and when each was used last.",
                _ -> new ControlRequest.OfScimClient.ListAll());
    }

    private CommandSpec add() {
        return commands.spec(
                        "add",
                        "Add an identity system, and print its token. The token is shown only now.",
                        arguments ->
                                new ControlRequest.OfScimClient.Add(
                                        name(arguments),
                                        arguments.matchedOptionValue(PROVIDER, ""),
                                        arguments.matchedOptionValue(NETWORK, List.<String>of())))
                .addPositional(parameter("What to call it: lower-case letters, digits, dashes."))
                .addOption(
                        OptionSpec.builder(PROVIDER)
                                .paramLabel("ID")
                                .type(String.class)
                                .description(
                                        "The provider whose people it sends, by its id in the"
                                                + " configuration, or 'none'. Needed where the"
                                                + " configuration has several.")
                                .build())
                .addOption(
                        OptionSpec.builder(NETWORK)
                                .paramLabel("CIDR")
                                .type(List.class)
                                .auxiliaryTypes(String.class)
                                .arity("1")
                                .description(
                                        "Where its requests may come from, such as 192.0.2.0/24."
                                                + " May be given several times. Without it, from"
                                                + " anywhere.")
                                .build());
    }

    private CommandSpec rotate() {
        return commands.spec(
                        "rotate",
                        "Print a new token. The one before stays good until you end it with"
                                + " --finish; an older one ends now.",
                        arguments ->
                                arguments.hasMatchedOption(FINISH)
                                        ? new ControlRequest.OfScimClient.Finish(name(arguments))
                                        : new ControlRequest.OfScimClient.Rotate(name(arguments)))
                .addPositional(nameParameter())
                .addOption(
                        OptionSpec.builder(FINISH)
                                .description(
                                        "Make no token, but end the one before: the identity"
                                                + " system has the new one.")
                                .build());
    }

    private CommandSpec remove() {
        return commands.spec(
                        "remove",
                        "Remove an identity system: its tokens open nothing any more, and the users"
                                + " and groups that it sent are forgotten. The people stay as they"
                                + " are, and nobody sends word of them any more.",
                        arguments -> new ControlRequest.OfScimClient.Remove(name(arguments)))
                .addPositional(nameParameter());
    }

    private CommandSpec give() {
        return commands.spec(
                        "give",
                        "Let an identity system decide about a person who was here before it, the"
                                + " owner too. They are its own as soon as it sends a user of the"
                                + " account's name; until then it does not see them.",
                        arguments ->
                                new ControlRequest.OfScimClient.Give(
                                        name(arguments), arguments.matchedPositionalValue(1, "")))
                .addPositional(nameParameter())
                .addPositional(
                        ControlCommand.parameter(
                                1, "ACCOUNT", "The id of an account, or its user name."));
    }

    private static PositionalParamSpec nameParameter() {
        return parameter("What it is called, as the list has it.");
    }

    private static PositionalParamSpec parameter(String description) {
        return ControlCommand.parameter(0, "NAME", description);
    }

    private static String name(ParseResult arguments) {
        return arguments.matchedPositionalValue(0, "");
    }
}
