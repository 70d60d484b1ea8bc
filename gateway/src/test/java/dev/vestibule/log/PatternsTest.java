package dev.vestibule.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every line that the product writes, by its source.
final class PatternsTest {

    private static final Path REPOSITORY =
            Path.of(System.getProperty("vestibule.repository", ".."));
    private static final String A_LITERAL = "\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern STATEMENT =
            Pattern.compile(
                    "\\bLOG\\s*\\.(?:trace|debug|info|warn|error|log)\\(\\s*"
                            + "("
                            + A_LITERAL
                            + "(?:\\s*\\+\\s*"
                            + A_LITERAL
                            + ")*)?");
    private static final Pattern LITERAL = Pattern.compile(A_LITERAL);

    private static List<String> patterns() throws IOException {
        List<String> patterns = new ArrayList<>();
        for (String module : List.of("gateway", "app")) {
            try (Stream<Path> files = Files.walk(REPOSITORY.resolve(module + "/src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .flatMap(file -> STATEMENT.matcher(read(file)).results())
                        .map(PatternsTest::pattern)
                        .forEach(patterns::add);
            }
        }
        return patterns;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
    }

    private static String pattern(MatchResult statement) {
        String literals = statement.group(1);
        assertThat(literals).as("the pattern of " + statement.group()).isNotNull();
        StringBuilder whole = new StringBuilder();
        Matcher literal = LITERAL.matcher(literals);
        while (literal.find()) {
            whole.append(literal.group(), 1, literal.group().length() - 1);
        }
        return whole.toString().translateEscapes();
    }

    private static Saying said(String pattern) {
        int count = pattern.split("\\{}", -1).length - 1;
        return Saying.of(pattern, new Object[count], pattern);
    }

    @Test
    void isAnEventWithFields() throws IOException {
        List<String> patterns = patterns();

        assertThat(patterns).hasSizeGreaterThan(120);
        assertThat(patterns).allMatch(pattern -> said(pattern) instanceof Saying.Fields);
        assertThat(patterns).allMatch(pattern -> pattern.startsWith("event="));
    }

    @Test
    void namesNoFieldLikeWhatAnObjectOfJsonHasAnyway() throws IOException {
        assertThat(patterns())
                .flatMap(
                        pattern ->
                                said(pattern) instanceof Saying.Fields(var fields)
                                        ? fields
                                        : List.of())
                .extracting(Field::name)
                .doesNotContainAnyElementsOf(JsonLine.TAKEN);
    }
}
