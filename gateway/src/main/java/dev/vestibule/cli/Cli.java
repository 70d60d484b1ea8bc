package dev.vestibule.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.io.PrintWriter;

/// The command line. Exit codes: 0 done, 1 something outside is wrong, 2 the command line is wrong.
public final class Cli {

    private Cli() {}

    /// All commands of the product. Whoever assembles the program may add further ones by
    /// [CommandLine#addSubcommand(Object)] and then calls [CommandLine#execute].
    public static CommandLine commandLine(Surroundings surroundings) {
        Terminal terminal = surroundings.terminal();
        ConfigOption config = new ConfigOption(surroundings);
        Action root = new Action("vestibule", "The entrance room of a smart home.", Cli::showHelp);
        CommandSpec spec = root.spec();
        spec.usageMessage()
                .footer(
                        "",
                        "Run 'vestibule COMMAND --help' for the options of a command.",
                        "Exit codes: 0 done, 1 something is wrong, 2 wrong use.");
        spec.addSubcommand("serve", new ServeCommand(surroundings, config).spec());
        spec.addSubcommand("check", new CheckCommand(terminal, config).spec());
        spec.addSubcommand("doctor", new DoctorCommand(surroundings, config).spec());
        spec.addSubcommand("setup", new SetupCommand(surroundings, config).spec());
        spec.addSubcommand("account", new AccountCommands(terminal, config).spec());
        spec.addSubcommand("grant", new GrantCommands(terminal, config).spec());
        spec.addSubcommand("scim-client", new ScimClientCommands(terminal, config).spec());
        spec.addSubcommand("deprovisioning", new DeprovisioningCommands(terminal, config).spec());
        spec.addSubcommand("kiosk", new KioskCommands(terminal, config).spec());
        spec.addSubcommand("explain", new ExplainCommand(terminal, config).spec());
        spec.addSubcommand("audit", new AuditCommands(terminal, config).spec());
        EmergencyCommands emergency = new EmergencyCommands(surroundings, config);
        spec.addSubcommand("break-glass", emergency.breakGlass());
        spec.addSubcommand("local-login", emergency.localLogin());
        spec.addSubcommand("leave", new LeaveCommand(terminal, config).spec());
        spec.addSubcommand("version", version(terminal));
        return new CommandLine(spec)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setExecutionExceptionHandler(Cli::explain)
                .setParameterExceptionHandler(Cli::explainUsage);
    }

    /// A group of commands does nothing by itself.
    static int showHelp(ParseResult arguments) {
        CommandLine self = arguments.commandSpec().commandLine();
        self.usage(self.getErr());
        return ExitCode.USAGE;
    }

    private static CommandSpec version(Terminal terminal) {
        return new Action(
                        "version",
                        "Print the version.",
                        _ -> {
                            terminal.out().println("Vestibule " + Version.current());
                            return ExitCode.DONE;
                        })
                .spec();
    }

    private static int explain(Exception problem, CommandLine self, ParseResult arguments)
            throws Exception {
        if (problem instanceof CommandFailed failed) {
            Sentences.print(self.getErr(), failed.sentence());
            return ExitCode.FAILED;
        }
        // A bug of ours: the whole trace is what a report needs.
        throw problem;
    }

    private static int explainUsage(ParameterException problem, String[] arguments) {
        CommandLine self = problem.getCommandLine();
        PrintWriter err = self.getErr();
        err.println(problem.getMessage());
        err.println("Run '" + self.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }
}
