package dev.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// `docs/configuration.md` says what the records say, and the records say what the reader reads.
///
/// `mvn test -pl gateway -am -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false
/// -Dvestibule.rewrite=true` writes the page anew.
final class ConfigurationPageTest {

    private static final Path ROOT = Path.of(System.getProperty("vestibule.repository", ".."));
    private static final Path SOURCES = ROOT.resolve("gateway/src/main/java/dev/vestibule/config");
    private static final Path PAGE = ROOT.resolve("docs/configuration.md");
    private static final boolean IS_REWRITE = Boolean.getBoolean("vestibule.rewrite");
    private static final String UNKNOWN = "zzzzzzzzzzzzzzzzzzzz";

    /// Defaults that depend on something else; `DefaultsTest` looks at them. The groups of the
    /// smallest configuration are not its default.
    private static final Set<String> SAID_IN_WORDS =
            Set.of(
                    "data-directory",
                    "master-key-file",
                    "homes[].roles.admin",
                    "providers[].name",
                    "providers[].client-secret",
                    "providers[].fresh-sign-in",
                    "providers[].liveness.proves-disablement",
                    "providers[].scim.claim",
                    "assertions",
                    "assertions[].algorithms",
                    "assertions[].header",
                    "assertions[].homes",
                    "assertions[].keys",
                    "assertions[].secret",
                    "insecure-trusted-headers",
                    "insecure-trusted-headers[].user",
                    "insecure-trusted-headers[].name",
                    "insecure-trusted-headers[].groups",
                    "insecure-trusted-headers[].homes");

    private static final String INTRODUCTION =
            """
            # Configuration

            <!-- Made from the comments of the records in gateway/src/main/java/dev/vestibule/config.
                 Change those, then run:
                 mvn test -pl gateway -am -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dvestibule.rewrite=true -->

            One YAML file. `vestibule setup` writes a first one, `vestibule check` tells every problem with
            its line and prints what is in force, and [vestibule.example.yaml](vestibule.example.yaml) shows
            all of it at once.

            - Keys are lower case with dashes. An unknown key is an error, so a typing mistake never passes
              for a default.
            - `${NAME}` is replaced by an environment variable, `${NAME:-text}` by the text where the
              variable is missing or empty; `$${` is a plain `${`.
            - Every secret may stand in a file of its own: the same key with `-file` behind it. Keep such
              files, and a configuration with secrets in it, at `chmod 600`.
            - Relative paths begin at the directory of the configuration file.
            - Durations are a number and `s`, `m`, `h` or `d`. A list of one may be written without
              brackets.
            - Anchors, aliases, tags and doubled keys are refused: what a file says, it says once and openly.
            """;

    private static ConfigurationPage.Made page() {
        return ConfigurationPage.make(SOURCES, INTRODUCTION);
    }

    @Test
    void thePageIsWhatTheRecordsSay() throws IOException {
        String made = page().markdown();
        if (IS_REWRITE) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(made);
    }

    @TestFactory
    Stream<DynamicTest> everyKeySaysWhatItIsItsDefaultAndAnExample() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<RecordSource> records =
                    files.filter(file -> file.toString().matches(".*(Config|ClaimPaths)\\.java"))
                            .flatMap(file -> RecordSource.readAll(read(file)).values().stream())
                            .filter(type -> type.name().matches(".*Config|ClaimPaths"))
                            .toList();
            assertThat(records).hasSizeGreaterThan(10);
            return records.stream()
                    .flatMap(type -> type.parts().stream().map(part -> test(type.name(), part)));
        }
    }

    private static DynamicTest test(String type, RecordSource.Part part) {
        return DynamicTest.dynamicTest(
                type + "." + part.name(),
                () -> {
                    ConfigurationPage.Entry entry = ConfigurationPage.entry(part);
                    assertThat(entry.meaning()).hasSizeGreaterThan(10);
                    if (!part.type().matches("(List<)?\\w+Config>?|ClaimPaths|ClientAuth.*")) {
                        assertThat(entry.example()).isNotEmpty();
                        assertThat(entry.isRequired()).isNotEqualTo(!entry.fallback().isEmpty());
                    }
                });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Asks the reader itself: it names the known keys where it finds an unknown one.
    @Test
    void thePageListsExactlyTheKeysThatTheReaderKnows(@TempDir Path directory) {
        Map<String, List<String>> documented = page().keys();
        assertThat(documented).hasSizeGreaterThan(10);

        for (Map.Entry<String, List<String>> section : documented.entrySet()) {
            String place = section.getKey().replace("[]", "[0]");
            String sentence =
                    ConfigFile.in(directory).problems(withUnknownKeyIn(section.getKey())).stream()
                            .filter(problem -> problem.path().endsWith(UNKNOWN))
                            .map(ConfigProblem::sentence)
                            .findFirst()
                            .orElse("nothing is said about " + place);
            List<String> known =
                    Arrays.stream(
                                    sentence.replaceFirst(".*unknown here\\. Write ", "")
                                            .replaceFirst("\\.$", "")
                                            .split(", | or ", -1))
                            .filter(key -> !(place.isEmpty() && key.equals("home")))
                            .toList();
            assertThat(known).as(place).containsExactlyInAnyOrderElementsOf(section.getValue());
        }
    }

    @Test
    void theDefaultsOnThePageAreThoseInForce(@TempDir Path directory) {
        ConfigFile file = ConfigFile.in(directory);
        file.write("key.pem", "-----BEGIN PRIVATE KEY-----\n", "rw-------");
        GatewayConfig config =
                file.config(
                        ConfigFile.LEAST.replace(
                                        "home:\n",
                                        "home:\n  routes: {webhooks: [{id: 0123456789abcdef}]}\n"
                                                + "  sign-in: {kiosks: [{name: k,"
                                                + " trusted-networks: 10.0.0.1}]}\n")
                                + "    private-key-jwt: {key-file: key.pem, key-id: k}\n"
                                + "assertions:\n"
                                + "  - {id: a, header: X-A, issuer: a, audience: b,"
                                + " keys: 'https://a.b/c'}\n");
        Map<String, String> inForce = InForce.byPath(ConfigInForce.yaml(config));

        Map<String, String> named = new TreeMap<>(page().defaults());
        named.keySet().removeAll(SAID_IN_WORDS);
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(named)
                .allSatisfy(
                        (path, said) ->
                                assertThat(inForce.get(path))
                                        .as(path)
                                        .isEqualTo(InForce.comparable(said)));
    }

    private static String withUnknownKeyIn(String path) {
        StringBuilder yaml = new StringBuilder();
        String indent = "";
        for (String step : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
            boolean isList = step.endsWith("[]");
            yaml.append(indent).append(step.replace("[]", "")).append(":\n");
            indent += "  ";
            if (isList) {
                yaml.append(indent).append("-\n");
                indent += "  ";
            }
        }
        return yaml.append(indent).append(UNKNOWN).append(": 1\n").toString();
    }
}
