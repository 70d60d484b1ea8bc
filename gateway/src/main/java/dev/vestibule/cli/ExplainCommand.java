package dev.vestibule.cli;

import dev.vestibule.cli.ControlRequest.OfExplain;
import dev.vestibule.cli.ExplainControl.RequestQuestion;
import dev.vestibule.explain.Explanation;
import dev.vestibule.explain.WebAddress;
import dev.vestibule.secret.Secret;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/// `explain`: why somebody or something is let in or not.
final class ExplainCommand {

    private static final String METHOD = "--method";
    private static final String FROM = "--from";
    private static final String AS = "--as";
    private static final String PAGE = "--page";
    private static final String AROUND = "--around";
    private static final String TOKEN = "--token";

    private final Terminal terminal;
    private final ControlCommand commands;

    ExplainCommand(Terminal terminal, ConfigOption config) {
        this.terminal = terminal;
        this.commands = new ControlCommand(terminal, config);
    }

    CommandSpec spec() {
        return commands.specDoing(
                        "explain",
                        "Say how the running gateway would judge, by which rule and why. Nothing is"
                                + " done, counted or noted by asking.",
                        this::explain)
                .addPositional(
                        PositionalParamSpec.builder()
                                .index("0")
                                .arity("0..1")
                                .paramLabel("WHAT")
                                .type(String.class)
                                .description(
                                        "An address or its path; an account, by id, user name or"
                                                + " e-mail address; or the reference number that a"
                                                + " page of refusal shows. Nothing with --token.")
                                .build())
                .addOption(option(METHOD, "METHOD", "Of the request. Default: GET"))
                .addOption(
                        option(
                                FROM,
                                "ADDRESS",
                                "The IP address that the request comes from. Default: one that is"
                                        + " in none of your networks."))
                .addOption(
                        option(
                                AS,
                                "ACCOUNT",
                                "As if this person were signed in: id, user name or e-mail"
                                        + " address. Default: nobody."))
                .addOption(option(PAGE, "ORIGIN", "The page that sends it, by its Origin header."))
                .addOption(
                        flag(
                                AROUND,
                                "As if it did not come through the proxy that the configuration"
                                        + " demands."))
                .addOption(
                        flag(
                                TOKEN,
                                "Reads a token from the terminal, without showing it, or from"
                                        + " standard input: says what it is, or with an address"
                                        + " how a request with it would be judged. Never write one"
                                        + " into the command line."));
    }

    private static OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .arity("0")
                .type(boolean.class)
                .description(description)
                .build();
    }

    private int explain(ParseResult arguments) {
        String what = arguments.matchedPositionalValue(0, "");
        boolean isToken = arguments.hasMatchedOption(TOKEN);
        if (!WebAddress.isMeant(what)) {
            refuseWhatIsOfRequests(arguments);
            return tell(arguments, what.isEmpty() ? credential(isToken) : named(what, isToken));
        }
        if (isToken && arguments.hasMatchedOption(AS)) {
            throw new CommandFailed("A request comes with a token or as somebody: give one.");
        }
        return tell(
                arguments,
                new OfExplain.Request(
                        new RequestQuestion(
                                what,
                                arguments
                                        .matchedOptionValue(METHOD, "GET")
                                        .toUpperCase(Locale.ROOT),
                                arguments.matchedOptionValue(FROM, ""),
                                arguments.matchedOptionValue(AS, ""),
                                isToken ? token() : new Secret(""),
                                arguments.matchedOptionValue(PAGE, ""),
                                arguments.hasMatchedOption(AROUND))));
    }

    private static void refuseWhatIsOfRequests(ParseResult arguments) {
        for (String option : List.of(METHOD, FROM, AS, PAGE, AROUND)) {
            if (arguments.hasMatchedOption(option)) {
                throw new CommandFailed(
                        option + " is of a request: give its address, or its path, too.");
            }
        }
    }

    private OfExplain credential(boolean isToken) {
        if (!isToken) {
            throw new CommandFailed(
                    "Give an address or its path, an account, the reference number of a page, or"
                            + " --token.");
        }
        return new OfExplain.Credential(token());
    }

    private static OfExplain named(String what, boolean isToken) {
        if (isToken) {
            throw new CommandFailed("A token is explained alone, or with an address.");
        }
        return new OfExplain.Named(what);
    }

    private Secret token() {
        String typed =
                terminal.readSecret("Token (not shown): ").map(Secret::reveal).orElse("").strip();
        if (typed.isEmpty()) {
            throw new CommandFailed("No token was given on standard input.");
        }
        return new Secret(typed);
    }

    private int tell(ParseResult arguments, OfExplain question) {
        print(commands.askToExplain(arguments, question));
        return ExitCode.DONE;
    }

    private void print(Explanation explanation) {
        PrintWriter out = terminal.out();
        int width =
                explanation.lines().stream()
                        .mapToInt(line -> line.label().length())
                        .max()
                        .orElse(0);
        for (Explanation.Line line : explanation.lines()) {
            out.println(line.label() + " ".repeat(width - line.label().length() + 2) + line.text());
        }
        if (!explanation.advice().isEmpty()) {
            out.println();
            explanation.advice().forEach(out::println);
        }
    }
}
