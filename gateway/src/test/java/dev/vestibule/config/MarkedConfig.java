package dev.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import org.junit.jupiter.params.provider.Arguments;

import java.util.List;
import java.util.stream.IntStream;

/// Configurations with one fault, on the line that ends with the mark `#!`, and what is said of it:
/// yaml, the path of the key, and a part of the sentence.
final class MarkedConfig {

    private MarkedConfig() {}

    static Arguments root(String more, String path, String sentence) {
        return arguments(leastAnd(more), path, sentence);
    }

    /// The smallest configuration with one line replaced, which gets the mark.
    static String least(String line, String replacement) {
        assertThat(ConfigFile.LEAST).contains(line);
        return ConfigFile.LEAST.replace(line, replacement + " #!");
    }

    /// The smallest configuration without one line; the mark is on the line that lacks it.
    static Arguments missing(String line, String in, String path, String sentence) {
        assertThat(ConfigFile.LEAST).contains(line).contains(in);
        String yaml = ConfigFile.LEAST.replace(line, "").replace(in, in + " #!");
        return arguments(yaml, path, sentence);
    }

    static String leastAnd(String more) {
        return ConfigFile.LEAST + more;
    }

    static Arguments home(String line, String replacement, String path, String sentence) {
        return arguments(least(line, replacement), "home." + path, sentence);
    }

    static Arguments provider(String more, String path, String sentence) {
        return arguments(leastAnd("    " + more + " #!\n"), "providers[0]." + path, sentence);
    }

    /// Reads a configuration, and expects a sentence about the line with the mark.
    static void assertTold(ConfigFile file, String yaml, String path, String sentence) {
        assertThat(file.problems(yaml))
                .anySatisfy(
                        problem -> {
                            assertThat(problem.sentence()).contains(sentence);
                            assertThat(problem.path()).startsWith(path);
                            assertThat(problem.line()).isEqualTo(markedLine(yaml));
                        });
    }

    private static int markedLine(String yaml) {
        List<String> lines = yaml.lines().toList();
        return IntStream.range(0, lines.size())
                        .filter(i -> lines.get(i).endsWith("#!"))
                        .findFirst()
                        .orElse(-1)
                + 1;
    }
}
