package dev.vestibule.cli;

import dev.vestibule.config.GatewayConfig;
import dev.vestibule.firstrun.FirstRun.Afterwards;
import dev.vestibule.log.LogSettings;
import dev.vestibule.oidc.OpenIdProviderMisconfigured;
import dev.vestibule.secret.MasterKeyProblem;
import dev.vestibule.setup.SetupFiles;
import dev.vestibule.store.DatabaseUnavailable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `serve`: runs a gateway until the process is told to end.
final class ServeCommand {

    private static final String FIRST_RUN = "--first-run";

    private final Surroundings surroundings;
    private final ConfigOption config;
    private final FirstRunPage page;

    ServeCommand(Surroundings surroundings, ConfigOption config) {
        this.surroundings = surroundings;
        this.config = config;
        this.page = new FirstRunPage(surroundings);
    }

    CommandSpec spec() {
        return new Action("serve", "Run the gateway until it is told to stop.", this::run)
                .spec()
                .addOption(config.spec())
                .addOption(
                        OptionSpec.builder(FIRST_RUN)
                                .description(
                                        "Where there is no configuration yet, ask for it on a page"
                                                + " in a browser first.")
                                .build())
                .addOption(page.listen());
    }

    private int run(ParseResult arguments) {
        Path file = config.file(arguments);
        boolean mayAsk = page.isWanted(arguments, FIRST_RUN);
        if (Files.notExists(file)) {
            // A mistyped path or a lost volume opens nothing: the page is where it was asked for.
            if (!mayAsk) {
                throw missing(file);
            }
            surroundings
                    .terminal()
                    .out()
                    .println(
                            "There is no configuration "
                                    + file
                                    + " yet. The gateway starts once it is written.");
            page.open(arguments, new SetupFiles(file, false, config::read), Afterwards.SERVES);
        }
        GatewayConfig gateway = config.require(file).config();
        LogSettings.apply(gateway.log());
        try (RunningGateway running = start(gateway);
                ControlServer control =
                        ControlServer.open(gateway.dataDirectory(), running.commands())) {
            greet(gateway, running, control);
            surroundings.stopSignal().await();
        } finally {
            surroundings.stopSignal().stopped();
        }
        return ExitCode.DONE;
    }

    private static CommandFailed missing(Path file) {
        return new CommandFailed(
                """
                %1$s does not exist. Check the path, or make it:
                  vestibule setup --config %1$s              asks here
                  vestibule setup --page --config %1$s       asks in a browser
                  vestibule serve --first-run --config %1$s  asks in a browser, then runs"""
                        .formatted(file));
    }

    /// What an operator can mend ends in one block; anything else is a bug and keeps its trace.
    RunningGateway start(GatewayConfig gateway) {
        try {
            return surroundings.starter().start(gateway);
        } catch (MasterKeyProblem problem) {
            throw cannotStart("the master key", problem);
        } catch (DatabaseUnavailable problem) {
            throw cannotStart("the database", problem);
        } catch (OpenIdProviderMisconfigured problem) {
            throw cannotStart("an identity provider", problem);
        } catch (UncheckedIOException problem) {
            throw cannotStart("a file", problem);
        }
    }

    private static CommandFailed cannotStart(String what, RuntimeException problem) {
        return new CommandFailed(
                "Vestibule cannot start because of " + what + ".\n" + problem.getMessage());
    }

    private void greet(GatewayConfig gateway, RunningGateway running, ControlServer control) {
        var out = surroundings.terminal().out();
        gateway.homes()
                .forEach(home -> out.println("Home '" + home.name() + "': " + home.publicUrl()));
        out.println(
                "Vestibule "
                        + Version.current()
                        + " listens on "
                        + running.address().getHostString()
                        + " port "
                        + running.address().getPort()
                        + "; commands by "
                        + control.socket()
                        + ".");
        running.commands().leaving().standing().forEach(out::println);
    }
}
