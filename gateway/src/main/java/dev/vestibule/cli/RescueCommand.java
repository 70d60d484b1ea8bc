package dev.vestibule.cli;

import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.Rescue;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// `break-glass --rescue`: a minimal gateway of its own, for when the configuration or the database
/// cannot be read. It has one way in, the code that it prints, and a database of its own that is
/// deleted at its end; the broken one is never touched.
final class RescueCommand {

    private static final String RESCUE = "--rescue";
    private static final String HOME_ASSISTANT = "--home-assistant";
    private static final String PUBLIC_URL = "--public-url";
    private static final String TOKEN_FILE = "--token-file";
    private static final String LISTEN = "--listen";
    private static final String LAN = "--lan";
    private static final String PROXY = "--trusted-proxy";
    private static final String DATA_DIRECTORY = "--data-directory";

    /// Not where the gateway itself listens: phones would take a gateway that knows none of their
    /// tokens for the end of them, and ask to be set up anew.
    private static final String LISTEN_USUALLY = "[::]:8125";

    /// A code is good for a quarter of an hour, and so is what it opens, unless the configuration
    /// says otherwise.
    private static final Duration LIFE_MAX = Duration.ofHours(1);

    private final Surroundings surroundings;
    private final ConfigOption config;

    RescueCommand(Surroundings surroundings, ConfigOption config) {
        this.surroundings = surroundings;
        this.config = config;
    }

    boolean isMeant(ParseResult arguments) {
        return arguments.hasMatchedOption(RESCUE);
    }

    List<OptionSpec> options() {
        return List.of(
                OptionSpec.builder(RESCUE)
                        .description(
                                "Start a minimal gateway instead of asking the running one, for"
                                        + " when that does not start. It ends by itself.")
                        .build(),
                text(HOME_ASSISTANT, "URL", "With --rescue: Home Assistant's address."),
                text(PUBLIC_URL, "URL", "With --rescue: the address that you will open."),
                OptionSpec.builder(TOKEN_FILE)
                        .paramLabel("FILE")
                        .type(Path.class)
                        .description(
                                "With --rescue: the file with the administrator's token, as"
                                        + " 'vestibule setup' wrote it.")
                        .build(),
                text(
                        LISTEN,
                        "ADDRESS:PORT",
                        "With --rescue: where to listen, with an address of its own; without it, "
                                + LISTEN_USUALLY
                                + "."),
                several(LAN, "With --rescue: a network from which the code may be used."),
                several(PROXY, "With --rescue: a reverse proxy in front."));
    }

    private static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    private static OptionSpec several(String name, String description) {
        return OptionSpec.builder(name)
                .paramLabel("NETWORK")
                .type(String[].class)
                .description(description)
                .build();
    }

    int run(ParseResult arguments) {
        Path temporary = temporaryDirectory();
        try {
            return run(arguments, plan(arguments, temporary));
        } finally {
            delete(temporary);
            surroundings.stopSignal().stopped();
        }
    }

    private int run(ParseResult arguments, GatewayConfig minimal) {
        boolean isClean;
        try (RunningGateway gateway = new ServeCommand(surroundings, config).start(minimal)) {
            EmergencyControl emergency = gateway.commands().emergency();
            try {
                open(emergency, arguments);
            } finally {
                isClean = part(emergency);
            }
        }
        return isClean ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void open(EmergencyControl emergency, ParseResult arguments) {
        ControlOutcome outcome =
                emergency.breakGlass(
                        EmergencyCommands.home(arguments), EmergencyCommands.isAnywhere(arguments));
        switch (outcome) {
            case ControlOutcome.NewToken(var code, var sentence) -> {
                say(code.reveal(), sentence);
                surroundings.stopSignal().await(LIFE_MAX);
            }
            case ControlOutcome.Done(var sentence) -> say("", sentence);
            case ControlOutcome.Refused(var sentence) -> throw new CommandFailed(sentence);
        }
    }

    /// An administrator of Home Assistant whom nobody knows of must not be what remains.
    ///
    /// @return whether nothing remains
    private boolean part(EmergencyControl emergency) {
        return switch (emergency.partFromAdministrators()) {
            case ControlOutcome.Refused(var sentence) -> {
                complain(sentence);
                yield false;
            }
            case ControlOutcome.Done _, ControlOutcome.NewToken _ -> true;
        };
    }

    private void complain(String sentence) {
        PrintWriter err = surroundings.terminal().err();
        Sentences.print(err, sentence);
        err.flush();
    }

    private void say(String code, String sentence) {
        PrintWriter out = surroundings.terminal().out();
        out.println(code);
        out.flush();
        PrintWriter err = surroundings.terminal().err();
        Sentences.print(err, sentence);
        err.println(
                "This is a minimal gateway. Stop it with Ctrl-C when you are done; it ends by"
                        + " itself after an hour, and everything that it made ends with it.");
        err.flush();
    }

    private GatewayConfig plan(ParseResult arguments, Path temporary) {
        refuseBesideARunningOne(dataDirectory(arguments));
        if (arguments.hasMatchedOption(HOME_ASSISTANT)) {
            return named(arguments, temporary);
        }
        Path file = config.file(arguments);
        return switch (config.read(file)) {
            case ConfigResult.Valid(var whole, _) -> minimal(arguments, whole, temporary);
            case ConfigResult.Invalid _ ->
                    throw new CommandFailed(
                            file
                                    + " cannot be read either. Name the home yourself: "
                                    + HOME_ASSISTANT
                                    + ", "
                                    + PUBLIC_URL
                                    + " and "
                                    + TOKEN_FILE
                                    + ".");
        };
    }

    /// Where a gateway that runs would be. A broken configuration mostly still says it.
    private Path dataDirectory(ParseResult arguments) {
        @Nullable Path named = arguments.matchedOptionValue(DATA_DIRECTORY, null);
        Path file = config.file(arguments);
        return named != null
                ? named
                : config.dataDirectory(file).orElseGet(() -> usualDirectory(file));
    }

    private Path usualDirectory(Path file) {
        Path usual = file.toAbsolutePath().normalize().resolveSibling(Defaults.DATA_DIRECTORY);
        complain(
                "warning: whether the gateway runs is looked for in "
                        + usual
                        + " alone. If its data is elsewhere, name that: "
                        + DATA_DIRECTORY
                        + ".");
        return usual;
    }

    private static GatewayConfig minimal(
            ParseResult arguments, GatewayConfig whole, Path temporary) {
        String publicUrl = arguments.matchedOptionValue(PUBLIC_URL, "");
        try {
            return publicUrl.isEmpty()
                    ? Rescue.of(whole, temporary)
                    : Rescue.of(
                            whole,
                            temporary,
                            publicUrl,
                            arguments.matchedOptionValue(LISTEN, LISTEN_USUALLY));
        } catch (IllegalArgumentException problem) {
            throw new CommandFailed(String.valueOf(problem.getMessage()));
        }
    }

    private static GatewayConfig named(ParseResult arguments, Path temporary) {
        @Nullable Path token = arguments.matchedOptionValue(TOKEN_FILE, null);
        if (token == null) {
            throw new CommandFailed("Say where the administrator's token is: " + TOKEN_FILE + ".");
        }
        try {
            return Rescue.of(
                    new Rescue.Named(
                            arguments.matchedOptionValue(HOME_ASSISTANT, ""),
                            arguments.matchedOptionValue(PUBLIC_URL, ""),
                            token,
                            arguments.matchedOptionValue(LISTEN, LISTEN_USUALLY),
                            all(arguments, LAN),
                            all(arguments, PROXY)),
                    temporary);
        } catch (IllegalArgumentException problem) {
            throw new CommandFailed(String.valueOf(problem.getMessage()));
        }
    }

    private static List<String> all(ParseResult arguments, String option) {
        return Arrays.asList(arguments.matchedOptionValue(option, new String[0]));
    }

    private static void refuseBesideARunningOne(Path dataDirectory) {
        if (ControlServer.isAnswered(ControlSocket.in(dataDirectory))) {
            throw new CommandFailed(
                    "The gateway runs. Use 'vestibule break-glass' without "
                            + RESCUE
                            + ", or stop it first.");
        }
    }

    private static Path temporaryDirectory() {
        try {
            // Readable by nobody else: so are all that the method makes.
            return Files.createTempDirectory("vestibule-rescue");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException problem) {
            throw new CommandFailed(
                    "Delete "
                            + directory
                            + " yourself, it holds what the minimal gateway kept: "
                            + problem.getMessage());
        }
    }
}
