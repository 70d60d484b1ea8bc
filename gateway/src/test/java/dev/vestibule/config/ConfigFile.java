package dev.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A configuration file in a directory of its own, readable by its owner only.
record ConfigFile(Path directory, Map<String, String> environment) {

    /// The least that a configuration says. A token, a home and a provider, nothing else.
    static final String LEAST =
            """
            home:
              public-url: https://home.example.org
              home-assistant:
                url: http://homeassistant:8123
                token: abc
              roles:
                admin: house-admins
            providers:
              - id: authentik
                issuer: https://auth.example.org/
                client-id: vestibule
            """;

    static ConfigFile in(Path directory) {
        return new ConfigFile(directory, Map.of());
    }

    ConfigFile with(String variable, String value) {
        return new ConfigFile(directory, Map.of(variable, value));
    }

    Path file() {
        return directory.resolve("vestibule.yaml");
    }

    ConfigResult read(String yaml) {
        write("vestibule.yaml", yaml, "rw-------");
        return ConfigReader.read(InstantSource.system(), file(), environment);
    }

    Path write(String name, String text, String permissions) {
        try {
            Path file = directory.resolve(name);
            Files.writeString(file, text);
            return Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(permissions));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// The configuration, which must be without problems and warnings.
    GatewayConfig config(String yaml) {
        ConfigResult result = read(yaml);
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        ConfigResult.Valid valid = (ConfigResult.Valid) result;
        assertThat(valid.warnings()).isEmpty();
        return valid.config();
    }

    List<ConfigProblem> warnings(String yaml) {
        ConfigResult result = read(yaml);
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return ((ConfigResult.Valid) result).warnings();
    }

    List<ConfigProblem> problems(String yaml) {
        ConfigResult result = read(yaml);
        assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
        return ((ConfigResult.Invalid) result).problems();
    }
}
