package dev.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Whatever stands in the file, the reader answers.
final class ConfigReaderPropertiesTest {

    private static final List<String> WORDS =
            List.of(
                    "home",
                    "homes",
                    "providers",
                    "listen",
                    "port",
                    "network",
                    "lan",
                    "roles",
                    "admin",
                    "id",
                    "issuer",
                    "session",
                    "lifetime",
                    "token",
                    "public-url",
                    ": ",
                    ":\n  ",
                    "\n",
                    "\n  ",
                    "\n    ",
                    "- ",
                    "[",
                    "]",
                    "{",
                    "}",
                    ", ",
                    "\"",
                    "'",
                    "|",
                    ">",
                    "&a ",
                    "*a",
                    "!!binary ",
                    "!x ",
                    "---\n",
                    "...\n",
                    "%YAML 1.1\n",
                    "#",
                    "? ",
                    "<<",
                    "~",
                    "null",
                    "0x",
                    "1_",
                    "1e9",
                    "-.inf",
                    "${",
                    "${A}",
                    "${A:-b}",
                    "$${",
                    "}",
                    "\t",
                    "\\",
                    "\u0000",
                    "\u2028",
                    "\uD83D\uDE00",
                    "\uD800",
                    "1d");

    private static Path file = Path.of("none");

    @BeforeContainer
    static void makeAFile() throws IOException {
        file = Files.createTempFile("vestibule", ".yaml");
    }

    @AfterContainer
    static void removeIt() throws IOException {
        Files.delete(file);
    }

    @Property
    void answersToAnyText(@ForAll String text) throws IOException {
        assertAnswered(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void answersToAnyBytes(@ForAll byte[] bytes) throws IOException {
        assertAnswered(bytes);
    }

    @Property
    void answersToAnyMixtureOfYamlAndKeys(@ForAll("mixtures") String text) throws IOException {
        assertAnswered(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void answersToAGoodFileWithSomethingThrownIn(@ForAll("mixtures") String text, @ForAll int place)
            throws IOException {
        int at = Math.floorMod(place, ConfigFile.LEAST.length());
        assertAnswered(
                new StringBuilder(ConfigFile.LEAST)
                        .insert(at, text)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> mixtures() {
        return Arbitraries.of(WORDS).list().ofMaxSize(40).map(words -> String.join("", words));
    }

    private static void assertAnswered(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        switch (ConfigReader.read(InstantSource.system(), file, Map.of("A", "a"))) {
            case ConfigResult.Valid(var config, _) -> assertThat(config.homes()).isNotEmpty();
            case ConfigResult.Invalid(var problems) ->
                    assertThat(problems)
                            .isNotEmpty()
                            .allMatch(problem -> problem.line() >= 0)
                            .allMatch(problem -> !problem.sentence().isBlank());
        }
    }
}
