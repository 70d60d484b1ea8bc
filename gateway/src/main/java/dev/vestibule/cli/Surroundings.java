package dev.vestibule.cli;

import dev.vestibule.config.ProcessEnvironment;
import dev.vestibule.secret.Secrets;

import java.time.InstantSource;
import java.util.Map;

/// What the commands see of the world outside.
public record Surroundings(
        InstantSource time,
        Secrets secrets,
        Map<String, String> environment,
        Terminal terminal,
        StopSignal stopSignal,
        GatewayStarter starter) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /// Those of this process.
    public static Surroundings ofProcess(GatewayStarter starter) {
        return new Surroundings(
                InstantSource.system(),
                new Secrets(),
                ProcessEnvironment.variables(),
                Terminal.ofProcess(),
                StopSignal.ofProcess(),
                starter);
    }
}
