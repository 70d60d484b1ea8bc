package dev.vestibule.config;

import static dev.vestibule.config.MarkedConfig.assertTold;
import static dev.vestibule.config.MarkedConfig.home;
import static dev.vestibule.config.MarkedConfig.leastAnd;
import static dev.vestibule.config.MarkedConfig.missing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;

/// What is wrong with what is said about homes.
final class HomeProblemsTest {

    @TempDir Path directory;
    private ConfigFile file = ConfigFile.in(Path.of("."));

    @BeforeEach
    void beginInAnEmptyDirectory() {
        file = ConfigFile.in(directory);
    }

    private static Arguments webhooks(String entry, String path, String sentence) {
        return home(
                "public-url: https://home.example.org",
                "public-url: https://a.b\n  routes: {webhooks: [" + entry + "]}",
                "routes.webhooks[0]" + path,
                sentence);
    }

    private static Arguments lifetimes(String section, String path, String sentence) {
        return home(
                "public-url: https://home.example.org",
                "public-url: https://a.b\n  " + section,
                path,
                sentence);
    }

    static List<Arguments> homes() {
        return List.of(
                arguments(
                        leastAnd("homes: []\n").replace("home:\n", "home: #!\n"),
                        "home",
                        "'homes' is given as well"),
                arguments("homes: [] #!\n", "homes", "There is no home"),
                arguments("listen: {} #!\n", "home", "There is no home"),
                missing(
                        "public-url: https://home.example.org",
                        "home:",
                        "home.public-url",
                        "'public-url' is missing"),
                lifetimes("session: {lifetime: 30} #!", "session.lifetime", "is not a duration"),
                lifetimes("session: {lifetime: 30s} #!", "session.lifetime", "Write 1m to 3650d"),
                lifetimes("session: {idle-timeout: 91d} #!", "session.idle-timeout", "(90d)"),
                lifetimes("apps: {idle-timeout: always} #!", "apps.idle-timeout", "or never"),
                lifetimes("apps: {lifetime: 89d} #!", "apps.idle-timeout", "(89d)"),
                home("https://home.example.org", "home.example.org", "public-url", "bare address"),
                home("https://home.example.org", "https://a.b/c", "public-url", "host and port"),
                home("https://home.example.org", "http://a.b", "public-url", "insecure-http: true"),
                home(
                        "public-url: https://home.example.org",
                        "public-url: https://a.b\n  name: My Home",
                        "name",
                        "lower-case letters"),
                home(
                        "public-url: https://home.example.org",
                        "public-url: https://a.b\n  origins: [https://a.b]",
                        "origins[0]",
                        "'https://a.b' is already in use on line 2"),
                home(
                        "public-url: https://home.example.org",
                        "public-url: https://a.b\n  origins: [https://c.d, http://c.d]",
                        "origins[1]",
                        "is plain http"),
                webhooks("{methods: POST}", ".id", "'id' is missing"),
                webhooks("{id: a/b}", ".id", "no webhook's id"),
                webhooks("{id: \"\"}", ".id", "alone, on one line"),
                webhooks("{id-file: no.such}", ".id-file", "not exist"),
                webhooks("{id: a-b-c-d-e-f-g-h, id-file: x}", ".id-file", "Keep one of the two"),
                webhooks("{id: a-b-c-d-e-f-g-h, methods: DELETE}", ".methods", "is not known"),
                webhooks("{id: a-b-c-d-e-f-g-h, from: world}", ".from", "is not known here"),
                webhooks("{id: a-b-c-d-e-f-g-h, secret: x}", ".secret", "is unknown here"),
                home(
                        "public-url: https://home.example.org",
                        "public-url: https://a.b\n  routes:\n    webhooks:\n"
                                + "      - id: a-b-c-d-e-f-g-h-i\n"
                                + "      - id: a-b-c-d-e-f-g-h-i",
                        "routes.webhooks[1].id",
                        "listed above already"),
                missing(
                        "url: http://homeassistant:8123",
                        "home-assistant:",
                        "home.home-assistant.url",
                        "'url' is missing"),
                home("http://homeassistant:8123", "http://h/api", "home-assistant.url", "bare"),
                home("http://homeassistant:8123", "ws://h", "home-assistant.url", "bare address"),
                home("http://homeassistant:8123", "http://u:p@h", "home-assistant.url", "bare"),
                missing(
                        "token: abc",
                        "home-assistant:",
                        "home.home-assistant.token",
                        "'token' is missing"),
                home("token: abc", "token: ''", "home-assistant.token", "alone, on one line"),
                home("token: abc", "token-file: no.such", "home-assistant.token-file", "not exist"),
                home("token: abc", "token-file: .", "home-assistant.token-file", "a directory"),
                home(
                        "token: abc",
                        "token: abc\n    token-file: x",
                        "home-assistant.token-file",
                        "Keep one of the two"),
                home(
                        "token: abc",
                        "token: abc\n    ca-file: vestibule.yaml",
                        "home-assistant.ca-file",
                        "holds no certificate"),
                missing(
                        "admin: house-admins",
                        "roles:",
                        "home.roles.otherwise",
                        "Nobody could sign in"),
                home(
                        "admin: house-admins",
                        "admin: house-admins\n    otherwise: viewr",
                        "roles.otherwise",
                        "Did you mean 'viewer'?"),
                home(
                        "admin: house-admins",
                        "admin: house-admins\n  routes: {shell: closed}",
                        "routes.shell",
                        "Write cached, session or open."),
                home(
                        "admin: house-admins",
                        "admin: house-admins\n  existing-tokens: keep",
                        "existing-tokens",
                        "Write adopt or deny."),
                home(
                        "admin: house-admins",
                        "admin: house-admins\n  long-lived-tokens: allow",
                        "long-lived-tokens",
                        "Write track or deny."),
                home(
                        "admin: house-admins",
                        "admin: house-admins\n  insecure-http: yes",
                        "insecure-http",
                        "neither true nor false"));
    }

    @ParameterizedTest
    @MethodSource("homes")
    void tellsTheProblemTheKeyAndTheLine(String yaml, String path, String sentence) {
        assertTold(file, yaml, path, sentence);
    }

    @Test
    void refusesTwoHomesOfOneNameOrAddress() {
        String home =
                """
                  - public-url: https://home.example.org
                    home-assistant: {url: 'http://10.0.0.2:8123', token: abc}
                    roles: {otherwise: user}
                """;

        assertThat(file.problems("homes:\n" + home + home + "providers: []\n"))
                .extracting(ConfigProblem::toString)
                .contains(
                        "line 5, homes[1].name: 'home' is already in use on line 2 (homes[0].name)."
                                + " Give every home a 'name' of its own.",
                        "line 5, homes[1].public-url: 'https://home.example.org' is already in use"
                                + " on line 2 (homes[0].public-url). Every address leads to one"
                                + " home and is written once.");
    }

    @Test
    void refusesAHomeAssistantThatIsTheGatewayItself() {
        String yaml =
                ConfigFile.LEAST.replace("http://homeassistant:8123", "https://Home.Example.org");

        assertThat(file.problems(yaml))
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.line()).isEqualTo(3);
                            assertThat(problem.sentence()).contains("address of Vestibule itself");
                        });
    }

    @Test
    void refusesPasskeysWhereBrowsersHaveNone() {
        String yaml =
                ConfigFile.LEAST
                        .replace("https://home.example.org", "https://192.168.1.2")
                        .replace("\n  roles:", "\n  sign-in: {passkeys: true}\n  roles:");

        assertThat(file.problems(yaml))
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.path()).isEqualTo("home.sign-in");
                            assertThat(problem.sentence()).contains("names on https only");
                        });
    }
}
