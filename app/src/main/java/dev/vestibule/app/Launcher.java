package dev.vestibule.app;

import dev.vestibule.Main;
import dev.vestibule.cli.Cli;
import dev.vestibule.cli.Surroundings;

import picocli.CommandLine;

/// The program as a checkout runs it: the product's commands, and `demo`.
public final class Launcher {

    private Launcher() {}

    static void main(String[] arguments) {
        Surroundings surroundings = Main.surroundings();
        CommandLine commands = Cli.commandLine(surroundings);
        commands.addSubcommand(
                "demo",
                new DemoCommand(surroundings.terminal().out(), surroundings.stopSignal()).spec());
        System.exit(commands.execute(arguments));
    }
}
