package dev.vestibule.cli;

import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.doctor.Cause;
import dev.vestibule.doctor.Doctor;
import dev.vestibule.doctor.Finding;
import dev.vestibule.foreign.ForeignText;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// `doctor`: tells what is wrong with a set-up, one line per finding.
final class DoctorCommand {

    private final Surroundings surroundings;
    private final ConfigOption config;

    DoctorCommand(Surroundings surroundings, ConfigOption config) {
        this.surroundings = surroundings;
        this.config = config;
    }

    CommandSpec spec() {
        return new Action(
                        "doctor",
                        "Look at everything from the public address to the disk, and tell what is"
                                + " wrong and how to mend it. Works with the gateway running or"
                                + " not, and changes nothing.",
                        this::run)
                .spec()
                .addOption(config.spec());
    }

    private int run(ParseResult arguments) {
        Path file = config.file(arguments);
        AtomicBoolean isHealthy = new AtomicBoolean(true);
        switch (config.read(file)) {
            case ConfigResult.Valid(var gateway, var warnings) ->
                    new Doctor(surroundings.time(), surroundings.secrets())
                            .examine(
                                    gateway,
                                    warnings,
                                    isServing(gateway),
                                    finding -> tell(finding, isHealthy));
            case ConfigResult.Invalid(var problems) ->
                    Doctor.unusable(problems).forEach(finding -> tell(finding, isHealthy));
        }
        return isHealthy.get() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static boolean isServing(GatewayConfig gateway) {
        return ControlServer.isAnswered(ControlSocket.in(gateway.dataDirectory()));
    }

    private void tell(Finding finding, AtomicBoolean isHealthy) {
        String line =
                switch (finding) {
                    case Finding.Fine(var where, var what) -> "ok     " + where + ": " + what;
                    case Finding.Hint(var cause, var where, var what) ->
                            "hint   " + told(cause, where, what);
                    case Finding.Wrong(var cause, var where, var what) -> {
                        isHealthy.set(false);
                        yield "wrong  " + told(cause, where, what);
                    }
                };
        surroundings.terminal().out().println(ForeignText.marked(line));
    }

    private static String told(Cause cause, String where, String what) {
        return cause.word() + ", " + where + ": " + what + " To mend it: " + cause.mending();
    }
}
