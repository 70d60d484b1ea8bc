package dev.vestibule.cli;

import dev.vestibule.cli.ControlCommands.AccountLine;
import dev.vestibule.cli.ControlCommands.GrantLine;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// What `account` and `grant` have in common: a command becomes a request to the running gateway,
/// and its answer is printed.
final class ControlCommand {

    private static final String DATA_DIRECTORY = "--data-directory";

    private final Terminal terminal;
    private final ConfigOption config;

    ControlCommand(Terminal terminal, ConfigOption config) {
        this.terminal = terminal;
        this.config = config;
    }

    CommandSpec spec(String name, String sentence, Function<ParseResult, ControlRequest> request) {
        return new Action(name, sentence, arguments -> run(arguments, request.apply(arguments)))
                .spec()
                .addOption(config.spec())
                .addOption(
                        OptionSpec.builder(DATA_DIRECTORY)
                                .paramLabel("DIRECTORY")
                                .type(Path.class)
                                .description(
                                        "The data directory of the running gateway, where its"
                                                + " configuration cannot be read.")
                                .build());
    }

    static PositionalParamSpec parameter(int index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .paramLabel(label)
                .type(String.class)
                .required(true)
                .description(description)
                .build();
    }

    private int run(ParseResult arguments, ControlRequest request) {
        ControlClient client = new ControlClient(dataDirectory(arguments));
        return switch (client.ask(request)) {
            case ControlAnswer.Accounts(var lines) -> printAccounts(lines);
            case ControlAnswer.Grants(var lines) -> printGrants(lines);
            case ControlAnswer.Done(var sentence) -> {
                terminal.out().println(sentence);
                yield ExitCode.DONE;
            }
            case ControlAnswer.Refused(var sentence) -> throw new CommandFailed(sentence);
        };
    }

    private Path dataDirectory(ParseResult arguments) {
        @Nullable Path named = arguments.matchedOptionValue(DATA_DIRECTORY, null);
        return named != null
                ? named
                : config.require(config.file(arguments)).config().dataDirectory();
    }

    private int printAccounts(List<AccountLine> lines) {
        Table table =
                new Table(
                        "ID",
                        "USER NAME",
                        "NAME",
                        "STATE",
                        "ROLES",
                        "LAST SEEN",
                        "VOUCHED FOR",
                        "HOME ASSISTANT");
        for (AccountLine line : lines) {
            table.add(
                    line.id(),
                    line.username(),
                    line.displayName(),
                    line.state(),
                    String.join(", ", line.roles()),
                    line.lastSeen(),
                    line.vouchedFor(),
                    String.join(", ", line.homeAssistant()));
        }
        table.print(terminal.out());
        return ExitCode.DONE;
    }

    private int printGrants(List<GrantLine> lines) {
        Table table =
                new Table(
                        "ID",
                        "HOME",
                        "KIND",
                        "ACCOUNT",
                        "NAME",
                        "STATE",
                        "CREATED",
                        "LAST USED",
                        "EXPIRES");
        for (GrantLine line : lines) {
            table.add(
                    line.id(),
                    line.home(),
                    line.kind(),
                    line.account(),
                    line.name(),
                    line.state(),
                    line.created(),
                    line.lastUsed(),
                    line.expires());
        }
        table.print(terminal.out());
        return ExitCode.DONE;
    }
}
