package dev.vestibule.config;

import static dev.vestibule.config.MarkedConfig.assertTold;
import static dev.vestibule.config.MarkedConfig.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Every kind of problem, on the line that is marked with `#!`.
final class ConfigProblemsTest {

    @TempDir Path directory;
    private ConfigFile file = ConfigFile.in(Path.of("."));

    @BeforeEach
    void beginInAnEmptyDirectory() {
        file = ConfigFile.in(directory);
    }

    static Stream<Arguments> problems() {
        return Stream.of(form(), topLevel()).flatMap(List::stream);
    }

    private static List<Arguments> form() {
        return List.of(
                root("limits: [ #!\n", "", "This is not YAML"),
                root("limits: {sockets: 1}\nlimits: {} #!\n", "limits", "given on line 12"),
                root("---\nlisten: {} #!\n", "", "A second document begins here"),
                arguments("- a #!\n", "", "Begin with a key"),
                root("listen: &a {} #!\n", "", "Anchors (&) and aliases (*) are not read"),
                root("limits: {sockets: *a} #!\n", "", "Anchors (&) and aliases (*)"),
                root("limits: {sockets: !!str 9} #!\n", "", "Tags (!) are not read"),
                root("limits: " + "{a: ".repeat(20) + "}".repeat(20) + " #!\n", "", "too deeply"),
                root("limit: {} #!\n", "limit", "Did you mean 'limits'?"),
                root("data_directory: x #!\n", "data_directory", "Did you mean 'data-directory'?"),
                root(
                        "colour: red #!\n",
                        "colour",
                        "is unknown here. Write data-directory, master-key-file"),
                root("redirect_uri: red #!\n", "redirect_uri", "It follows from 'public-url'"),
                root("listen: 8124 #!\n", "listen", "Keys are expected here"),
                root("listen:\n  port: #!\n", "listen.port", "There is no value"),
                root("listen:\n  port: [1] #!\n", "listen.port", "This is a list"),
                root("listen:\n  port: {a: 1} #!\n", "listen.port", "This holds keys"),
                root("data-directory: ${X} #!\n", "data-directory", "variable X is not set"),
                root("data-directory: ${X #!\n", "data-directory", "Write ${NAME}"),
                root("data-directory: ${a b} #!\n", "data-directory", "Write ${NAME}"));
    }

    private static List<Arguments> topLevel() {
        return List.of(
                root("listen: {port: 65536} #!\n", "listen.port", "from 0 to 65535"),
                root("listen: {port: http} #!\n", "listen.port", "is not a whole number"),
                root("listen: {address: localhost} #!\n", "listen.address", "is not an address"),
                root("data-directory: '' #!\n", "data-directory", "This is empty"),
                root("network: {lan: home} #!\n", "network.lan", "is not a network"),
                root("network: {lan: 10.0.0.1/8} #!\n", "network.lan", "host bits are zero"),
                root("network: {lan: [0.0.0.0/0]} #!\n", "network.lan[0]", "the whole internet"),
                root(
                        "network:\n  trusted-proxies:\n    - 10.0.0.1\n    - ::/0 #!\n",
                        "network.trusted-proxies[1]",
                        "the whole internet"),
                root("limits: {connections: 0} #!\n", "limits.connections", "from 1 to"),
                root("limits: {sockets: -1} #!\n", "limits.sockets", "from 1 to"),
                root("limits: {sign-ins: 0} #!\n", "limits.sign-ins", "from 1 to"),
                root("limits: {sign-ins-per-minute: 0} #!\n", "limits.sign-ins-per", "from 1"),
                root("limits: {token-questions-per-minute: 0} #!\n", "limits.token-q", "from 1"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void tellsTheProblemTheKeyAndTheLine(String yaml, String path, String sentence) {
        assertTold(file, yaml, path, sentence);
    }

    @Test
    void tellsAllProblemsAtOnceInTheOrderOfTheFile() {
        List<ConfigProblem> problems =
                file.problems(
                        """
                        listen: {port: 0x10}
                        home:
                          public-url: http://home.example.org
                          home-assistant: {url: ws://x, tokn: y}
                        providers:
                          - id: A
                            isuer: https://auth.example.org
                            client-id: x
                        lan: 10.0.0.0/8
                        """);

        assertThat(problems)
                .extracting(problem -> problem.line() + " " + problem.path())
                .containsExactly(
                        "1 listen.port",
                        "2 home.roles.otherwise",
                        "3 home.public-url",
                        "4 home.home-assistant.url",
                        "4 home.home-assistant.token",
                        "4 home.home-assistant.tokn",
                        "6 providers[0].id",
                        "6 providers[0].issuer",
                        "7 providers[0].isuer",
                        "9 lan");
    }

    @Test
    void tellsThatTheFileIsMissing() {
        ConfigResult result =
                ConfigReader.read(InstantSource.system(), directory.resolve("none.yaml"), Map.of());

        assertThat(result)
                .isEqualTo(
                        new ConfigResult.Invalid(
                                List.of(
                                        new ConfigProblem(
                                                0,
                                                "",
                                                directory.resolve("none.yaml")
                                                        + " does not exist. Check the path."
                                                        + " 'vestibule setup' writes a first"
                                                        + " configuration."))));
    }

    @Test
    void refusesAFileThatIsNoTextOrTooLarge() throws IOException {
        Files.write(file.file(), new byte[] {'a', (byte) 0xC3, '('});
        assertThat(
                        ((ConfigResult.Invalid)
                                        ConfigReader.read(
                                                InstantSource.system(), file.file(), Map.of()))
                                .problems())
                .extracting(ConfigProblem::sentence)
                .first(STRING)
                .contains("is not UTF-8 text");

        Files.write(file.file(), new byte[(1 << 20) + 1]);
        assertThat(
                        ((ConfigResult.Invalid)
                                        ConfigReader.read(
                                                InstantSource.system(), file.file(), Map.of()))
                                .problems())
                .extracting(ConfigProblem::sentence)
                .first(STRING)
                .contains("is larger than 1048576 bytes");
    }

    @Test
    void neverQuotesASecret() {
        String secret = "hunter2-hunter2";

        List<ConfigProblem> problems =
                file.with("TOKEN", secret + "\n" + secret)
                        .problems(
                                ConfigFile.LEAST.replace("token: abc", "token: ${TOKEN}")
                                        + "    client-secret: \""
                                        + secret
                                        + "\\n\"\n    private-key-jwt: {key-id: a, key: "
                                        + secret
                                        + "}\n");

        assertThat(problems).hasSizeGreaterThan(2);
        assertThat(problems.toString()).doesNotContain(secret);
    }
}
