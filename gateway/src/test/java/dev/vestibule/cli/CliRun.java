package dev.vestibule.cli;

import dev.vestibule.secret.Secrets;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// One run of the command line, with its output caught.
record CliRun(ScriptedTerminal terminal, GatewayStarter starter, StopSignal stopSignal) {

    static CliRun with(ScriptedTerminal terminal) {
        return new CliRun(
                terminal,
                _ -> {
                    throw new IllegalStateException("this test starts no gateway");
                },
                new StopSignal() {
                    @Override
                    public void await() {}

                    @Override
                    public void await(Duration limit) {
                        await();
                    }

                    @Override
                    public void stopped() {}
                });
    }

    int run(String... arguments) {
        return Cli.commandLine(
                        new Surroundings(
                                InstantSource.system(),
                                new Secrets(),
                                Map.of(),
                                terminal,
                                stopSignal,
                                starter))
                .execute(arguments);
    }
}
