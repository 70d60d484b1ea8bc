package dev.vestibule.cli;

import dev.vestibule.explain.Explanation;
import dev.vestibule.secret.Secret;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// What the commands to a running gateway have in common: one becomes a request, and its answer is
/// printed.
final class ControlCommand {

    private static final String DATA_DIRECTORY = "--data-directory";

    private final Terminal terminal;
    private final ConfigOption config;

    ControlCommand(Terminal terminal, ConfigOption config) {
        this.terminal = terminal;
        this.config = config;
    }

    CommandSpec spec(String name, String sentence, Function<ParseResult, ControlRequest> request) {
        return specDoing(name, sentence, arguments -> ask(arguments, request.apply(arguments)));
    }

    /// As [#spec], for a command that does not always ask.
    CommandSpec specDoing(String name, String sentence, ToIntFunction<ParseResult> body) {
        return new Action(name, sentence, body)
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

    /// Asks the running gateway, and prints its answer.
    int ask(ParseResult arguments, ControlRequest request) {
        ControlClient client = new ControlClient(dataDirectory(arguments));
        return switch (client.ask(request)) {
            case ControlAnswer.Accounts(var lines) -> print(Tables.accounts(lines));
            case ControlAnswer.Grants(var lines) -> print(Tables.grants(lines));
            case ControlAnswer.ScimClients(var lines) -> print(Tables.scimClients(lines));
            case ControlAnswer.KioskKeys(var lines) -> print(Tables.kioskKeys(lines));
            case ControlAnswer.Holds(var lines) -> print(Tables.holds(lines));
            case ControlAnswer.Audit _, ControlAnswer.Explained _ ->
                    throw new IllegalStateException("this is asked for in another way");
            case ControlAnswer.Leaving(var report) -> {
                LeaveCommand.print(report.sections(), terminal.out());
                yield report.isDone() ? ExitCode.DONE : ExitCode.FAILED;
            }
            case ControlAnswer.NewToken(var token, var sentence) -> print(token, sentence);
            case ControlAnswer.Done(var sentence) -> {
                Sentences.print(terminal.out(), sentence);
                yield ExitCode.DONE;
            }
            case ControlAnswer.Refused(var sentence) -> throw new CommandFailed(sentence);
        };
    }

    /// Asks the running gateway for a page of the audit log.
    AuditControl.AuditPage askForAudit(
            ParseResult arguments, AuditControl.AuditWish wish, String place) {
        ControlClient client = new ControlClient(dataDirectory(arguments));
        ControlAnswer answer = client.ask(new ControlRequest.FindAudit(wish, place));
        if (answer instanceof ControlAnswer.Audit(var page)) {
            return page;
        }
        throw another(answer);
    }

    /// Asks the running gateway about its judgement.
    Explanation askToExplain(ParseResult arguments, ControlRequest.OfExplain question) {
        ControlClient client = new ControlClient(dataDirectory(arguments));
        ControlAnswer answer = client.ask(question);
        if (answer instanceof ControlAnswer.Explained(var explanation)) {
            return explanation;
        }
        throw another(answer);
    }

    private static CommandFailed another(ControlAnswer answer) {
        return new CommandFailed(
                answer instanceof ControlAnswer.Refused(var sentence)
                        ? sentence
                        : "The gateway's answer was another one than was asked for.");
    }

    private Path dataDirectory(ParseResult arguments) {
        @Nullable Path named = arguments.matchedOptionValue(DATA_DIRECTORY, null);
        return named != null
                ? named
                : config.require(config.file(arguments)).config().dataDirectory();
    }

    private int print(Table table) {
        table.print(terminal.out());
        return ExitCode.DONE;
    }

    /// The token alone goes where a script reads it.
    private int print(Secret token, String sentence) {
        terminal.out().println(token.reveal());
        Sentences.print(terminal.err(), sentence);
        return ExitCode.DONE;
    }
}
