package dev.vestibule.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `break-glass` and `local-login`: ways in for when the usual ones are broken.
final class EmergencyCommands {

    private static final String HOME = "--home";
    private static final String ANYWHERE = "--anywhere";
    private static final String FOR = "--for";
    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,2})([mh])");
    private static final Duration LENGTH_MAX = Duration.ofHours(4);

    private final ControlCommand commands;
    private final RescueCommand rescue;

    EmergencyCommands(Surroundings surroundings, ConfigOption config) {
        this.commands = new ControlCommand(surroundings.terminal(), config);
        this.rescue = new RescueCommand(surroundings, config);
    }

    CommandSpec breakGlass() {
        CommandSpec spec =
                commands.specDoing(
                        "break-glass",
                        "Print a code that signs one browser in as the emergency administrator,"
                                + " once and for a short while, whatever else is broken. Everybody"
                                + " who reads the log learns of its use.",
                        arguments ->
                                rescue.isMeant(arguments)
                                        ? rescue.run(arguments)
                                        : commands.ask(
                                                arguments,
                                                new ControlRequest.OfEmergency.BreakGlass(
                                                        home(arguments), isAnywhere(arguments))));
        spec.addOption(homeOption()).addOption(anywhereOption());
        rescue.options().forEach(spec::addOption);
        return spec;
    }

    CommandSpec localLogin() {
        CommandSpec localLogin =
                new Action(
                                "local-login",
                                "The form for names and passwords of Home Assistant, where"
                                        + " 'sign-in.local-login' is 'break-glass'.",
                                Cli::showHelp)
                        .spec();
        localLogin.addSubcommand(
                "on",
                commands.spec(
                                "on",
                                "Bring it back for a while, for browsers at home. It goes away by"
                                        + " itself.",
                                arguments ->
                                        new ControlRequest.OfEmergency.LocalLoginOn(
                                                home(arguments), length(arguments)))
                        .addOption(homeOption())
                        .addOption(
                                OptionSpec.builder(FOR)
                                        .paramLabel("TIME")
                                        .type(String.class)
                                        .required(true)
                                        .description("How long, such as 15m; at most 4h.")
                                        .build()));
        localLogin.addSubcommand(
                "off",
                commands.spec(
                                "off",
                                "Take it away now.",
                                arguments ->
                                        new ControlRequest.OfEmergency.LocalLoginOff(
                                                home(arguments)))
                        .addOption(homeOption()));
        localLogin.addSubcommand(
                "status",
                commands.spec(
                        "status",
                        "Say whether it is there.",
                        _ -> new ControlRequest.OfEmergency.LocalLoginStatus()));
        return localLogin;
    }

    private static OptionSpec anywhereOption() {
        return OptionSpec.builder(ANYWHERE)
                .description("The code may be used from outside the networks listed as 'lan', too.")
                .build();
    }

    static boolean isAnywhere(ParseResult arguments) {
        return arguments.hasMatchedOption(ANYWHERE);
    }

    private static OptionSpec homeOption() {
        return OptionSpec.builder(HOME)
                .paramLabel("NAME")
                .type(String.class)
                .description("The home, where the gateway has several.")
                .build();
    }

    static String home(ParseResult arguments) {
        return arguments.matchedOptionValue(HOME, "");
    }

    private static Duration length(ParseResult arguments) {
        Matcher written = LENGTH.matcher(arguments.matchedOptionValue(FOR, ""));
        if (!written.matches()) {
            throw new CommandFailed("Write how long as minutes or hours, such as --for 15m.");
        }
        long count = Long.parseLong(written.group(1));
        Duration length =
                written.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofMinutes(count);
        if (length.compareTo(LENGTH_MAX) > 0) {
            throw new CommandFailed("The form can be there for 4h at most.");
        }
        return length;
    }
}
