package dev.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Main;
import dev.vestibule.cli.Cli;
import dev.vestibule.cli.Surroundings;
import dev.vestibule.cli.Terminal;
import dev.vestibule.secret.Secret;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs the program's commands in this process, against a gateway that runs in another.
final class Operator {

    private final Path configuration;

    Operator(Path configuration) {
        this.configuration = configuration;
    }

    /// @return what it printed
    String run(String... command) {
        StringWriter printed = new StringWriter();
        Surroundings process = Main.surroundings();
        Surroundings here =
                new Surroundings(
                        process.time(),
                        process.secrets(),
                        process.environment(),
                        new Silent(new PrintWriter(printed, true)),
                        process.stopSignal(),
                        process.starter());
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--config", configuration.toString()));
        int exit = Cli.commandLine(here).execute(arguments.toArray(String[]::new));
        assertThat(exit).as(printed.toString()).isZero();
        return printed.toString();
    }

    /// What `account list` says of a person.
    String account(String username) {
        return run("account", "list")
                .lines()
                .filter(line -> line.contains(" " + username + " "))
                .findFirst()
                .orElseThrow();
    }

    /// Nobody sits there.
    private record Silent(PrintWriter out) implements Terminal {

        @Override
        public PrintWriter err() {
            return out;
        }

        @Override
        public boolean isInteractive() {
            return false;
        }

        @Override
        public Optional<String> readLine(String prompt) {
            return Optional.empty();
        }

        @Override
        public Optional<Secret> readSecret(String prompt) {
            return Optional.empty();
        }
    }
}
