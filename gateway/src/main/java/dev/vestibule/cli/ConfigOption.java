package dev.vestibule.cli;

import dev.vestibule.config.ConfigProblem;
import dev.vestibule.config.ConfigReader;
import dev.vestibule.config.ConfigResult;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `--config FILE`, which most commands have. The environment's `VESTIBULE_CONFIG` and then
/// `vestibule.yaml` in the current directory are what is read without it.
final class ConfigOption {

    private static final String NAME = "--config";

    private final Surroundings surroundings;

    ConfigOption(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    OptionSpec spec() {
        return OptionSpec.builder("-c", NAME)
                .paramLabel("FILE")
                .type(Path.class)
                .description(
                        "The configuration; without it, what VESTIBULE_CONFIG names, or"
                                + " vestibule.yaml here.")
                .build();
    }

    Path file(ParseResult arguments) {
        return arguments.matchedOptionValue(
                NAME,
                Path.of(
                        surroundings
                                .environment()
                                .getOrDefault("VESTIBULE_CONFIG", "vestibule.yaml")));
    }

    ConfigResult read(Path file) {
        return ConfigReader.read(surroundings.time(), file, surroundings.environment());
    }

    /// Where the gateway of a configuration keeps its data, be the rest of it right or wrong.
    Optional<Path> dataDirectory(Path file) {
        return ConfigReader.dataDirectory(file, surroundings.environment());
    }

    /// The configuration, with its warnings on standard error.
    ///
    /// @throws CommandFailed with every problem
    ConfigResult.Valid require(Path file) {
        return switch (read(file)) {
            case ConfigResult.Valid valid -> {
                warn(file, valid.warnings());
                yield valid;
            }
            case ConfigResult.Invalid(var problems) -> throw failed(file, problems);
        };
    }

    void warn(Path file, List<ConfigProblem> warnings) {
        for (ConfigProblem warning : warnings) {
            surroundings.terminal().err().println("warning: " + file + ", " + warning);
        }
    }

    static CommandFailed failed(Path file, List<ConfigProblem> problems) {
        StringBuilder block = new StringBuilder();
        for (ConfigProblem problem : problems) {
            block.append(problem).append('\n');
        }
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return new CommandFailed(block + count + " in " + file);
    }
}
