package dev.vestibule.cli;

import picocli.CommandLine.Model.CommandSpec;

/// `kiosk`: the keys of wall tablets that an administrator approved.
final class KioskCommands {

    private final ControlCommand commands;

    KioskCommands(Terminal terminal, ConfigOption config) {
        this.commands = new ControlCommand(terminal, config);
    }

    CommandSpec spec() {
        CommandSpec kiosk =
                new Action("kiosk", "Wall tablets and their keys.", Cli::showHelp).spec();
        kiosk.addSubcommand(
                "list",
                commands.spec(
                        "list",
                        "List the keys of tablets that were approved.",
                        _ -> new ControlRequest.OfKiosk.ListAll()));
        kiosk.addSubcommand(
                "remove",
                commands.spec(
                                "remove",
                                "Take a key away. The tablet is signed out, and must be approved"
                                        + " anew.",
                                arguments ->
                                        new ControlRequest.OfKiosk.Remove(
                                                arguments.matchedPositionalValue(0, "")))
                        .addPositional(
                                ControlCommand.parameter(0, "KEY", "The ID as the list has it.")));
        return kiosk;
    }
}
