package dev.vestibule.cli;

import dev.vestibule.config.ConfigInForce;
import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.OpenIdProviderConfig;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

import java.io.PrintWriter;
import java.nio.file.Path;

/// `check`: reads the configuration as `serve` does, and starts nothing.
final class CheckCommand {

    private final Terminal terminal;
    private final ConfigOption config;

    CheckCommand(Terminal terminal, ConfigOption config) {
        this.terminal = terminal;
        this.config = config;
    }

    CommandSpec spec() {
        return new Action(
                        "check",
                        "Tell every problem of a configuration, or print what is in force with"
                                + " secrets hidden.",
                        this::run)
                .spec()
                .addOption(config.spec());
    }

    private int run(ParseResult arguments) {
        Path file = config.file(arguments);
        ConfigResult.Valid valid = config.require(file);
        PrintWriter out = terminal.out();
        out.println("# " + file + " can be used. In force, defaults included:");
        out.print(ConfigInForce.yaml(valid.config()));
        out.println();
        out.println("# Register at the provider, exactly so:");
        redirectUris(valid.config());
        return ExitCode.DONE;
    }

    private void redirectUris(GatewayConfig gateway) {
        for (HomeConfig home : gateway.homes()) {
            for (OpenIdProviderConfig provider : gateway.providers()) {
                terminal.out()
                        .println(
                                "#   "
                                        + provider.id()
                                        + ": redirect URI "
                                        + provider.redirectUri(home.publicUrl()));
            }
        }
    }
}
