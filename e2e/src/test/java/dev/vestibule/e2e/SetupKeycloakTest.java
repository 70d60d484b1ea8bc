package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.guides.GuidePage;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `vestibule setup` as a process of its own that reads its answers from standard input, between a
/// scripted Home Assistant and a real Keycloak, and `vestibule serve` with what it wrote, until
/// somebody has an answer of Home Assistant's.
@ExtendWith(RunningKeycloak.class)
final class SetupKeycloakTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "owner-password";

    @TempDir Path directory;
    private final KeycloakServer keycloak;
    @AutoClose private final ScriptedHomeAssistant home = ScriptedHomeAssistant.start();
    @AutoClose private final VisitorBrowser browser = new VisitorBrowser();
    private final URI publicUrl = URI.create("http://localhost:" + LoopbackPort.free());
    private final long begun = System.nanoTime();

    SetupKeycloakTest(KeycloakServer keycloak) {
        this.keycloak = keycloak;
    }

    private String callback() {
        return publicUrl + "/auth/vestibule/callback/keycloak";
    }

    private String keycloakAddress() {
        return "http://" + keycloak.issuer().getAuthority();
    }

    @Test
    void fromNothingToASignInWithATrialAndASecondFactor() throws IOException {
        String owner = home.userNamed("Owner").orElseThrow().id();
        home.enableTotp(owner);
        String printed;
        try (ProductProcess setup = ProductProcess.start(directory, "setup")) {
            setup.answer(
                    home.url().toString(),
                    publicUrl.toString(),
                    "keycloak",
                    keycloakAddress(),
                    KeycloakServer.REALM,
                    "",
                    KeycloakServer.CLIENT_SECRET);
            URI address =
                    URI.create(
                            setup.awaitLine(line -> line.contains("/protocol/openid-connect/auth?"))
                                    .strip());
            Answer back = KeycloakHouse.signInAt(browser, address, "ada", callback());
            setup.answer(
                    back.location(),
                    "Family account",
                    "admins",
                    "family",
                    "",
                    "owner",
                    PASSWORD,
                    home.totpCode(owner));
            assertThat(setup.exitCode()).as(setup.printed()).isZero();
            printed = setup.printed();
        }

        assertThat(printed)
                .contains("user name: ada")
                .contains("name:      Ada Lovelace")
                .contains("e-mail:    ada@example.org")
                .contains("groups:    admins")
                .contains("By this, Ada Lovelace is an administrator of the house (admin).")
                .contains(callback());
        expectNoSecretIn(printed);
        expectPrivateFiles();
        serveAndSignIn("with a trial and a second factor");
    }

    @Test
    void unattendedAsTheDocumentationHasIt() throws IOException {
        String script =
                replaced(
                        GuidePage.read("setup.md").block("sh", "unattended"),
                        Map.of(
                                "http://homeassistant.local:8123",
                                home.url().toString(),
                                "https://home.example.org",
                                publicUrl.toString(),
                                "https://auth.example.org",
                                keycloakAddress(),
                                "\nhome\n",
                                "\n" + KeycloakServer.REALM + "\n",
                                "CLIENT-SECRET",
                                KeycloakServer.CLIENT_SECRET,
                                "ADMINISTRATOR",
                                "owner",
                                "PASSWORD",
                                PASSWORD,
                                "house-admins",
                                "admins"));
        try (ProductProcess shell = ProductProcess.shell(directory, script)) {
            assertThat(shell.exitCode()).as(shell.printed()).isZero();

            assertThat(shell.printed()).contains("No trial").contains("made the token 'Vestibule'");
            expectNoSecretIn(shell.printed());
        }
        expectPrivateFiles();
        serveAndSignIn("unattended");
    }

    private static String replaced(String script, Map<String, String> values) {
        String result = script;
        for (Map.Entry<String, String> value : values.entrySet()) {
            assertThat(script).contains(value.getKey());
            result = result.replace(value.getKey(), value.getValue());
        }
        return result;
    }

    @ParameterizedTest
    @CsvSource({
        "a wrong secret, http://localhost:8124",
        "secret of vestibule, https://home.example.org",
    })
    void whatKeycloakDoesNotTakeIsToldBeforeAnythingIsMade(String secret, String address) {
        try (ProductProcess setup = ProductProcess.start(directory, "setup")) {
            setup.answer(
                    home.url().toString(),
                    address,
                    "keycloak",
                    keycloakAddress(),
                    KeycloakServer.REALM,
                    "",
                    secret,
                    "again");

            assertThat(setup.exitCode()).as(setup.printed()).isEqualTo(1);
            assertThat(setup.printed())
                    .contains("\nThe client secret (empty for a public client)\n")
                    .contains("compare client id, secret and redirect address")
                    .doesNotContain(secret)
                    .doesNotContain("Exception");
        }
        assertThat(directory).isEmptyDirectory();
    }

    private void expectNoSecretIn(String printed) throws IOException {
        assertThat(printed)
                .doesNotContain(
                        PASSWORD,
                        KeycloakServer.CLIENT_SECRET,
                        Files.readString(directory.resolve("home-assistant.token")).strip());
        assertThat(Files.readString(directory.resolve("vestibule.yaml")))
                .doesNotContain(PASSWORD, KeycloakServer.CLIENT_SECRET);
    }

    private void expectPrivateFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(Files::isRegularFile))
                    .extracting(file -> file.getFileName() + " " + permissions(file))
                    .containsExactlyInAnyOrder(
                            "vestibule.yaml rw-------",
                            "home-assistant.token rw-------",
                            "keycloak.secret rw-------");
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// @param how the set-up was made, for the line with the time that it took
    private void serveAndSignIn(String how) throws IOException {
        try (ProductProcess serve = ProductProcess.start(directory, "serve")) {
            serve.awaitLine(line -> line.contains(" listens on "));
            try (VisitorBrowser visitor = new VisitorBrowser()) {
                Answer back = KeycloakHouse.signInAt(visitor, authorize(), "ada", publicUrl + "/?");
                String accessToken = redeem(visitor, back);
                Answer config =
                        visitor.get(
                                publicUrl.resolve("/api/config"),
                                "Authorization",
                                "Bearer " + accessToken);

                assertThat(config.status()).isEqualTo(200);
                assertThat(JSON.readTree(config.body()).path("version").asText()).isNotEmpty();
            }
            assertThat(home.userNamed("Ada Lovelace").orElseThrow().groups())
                    .isEqualTo(List.of("system-admin"));
        }
        System.out.printf(
                "setup %s, serve and a sign-in took %d ms%n",
                how, Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    private URI authorize() {
        String client = VisitorBrowser.encode(publicUrl + "/");
        return publicUrl.resolve(
                "/auth/authorize?response_type=code&client_id=%s&redirect_uri=%s"
                        .formatted(client, VisitorBrowser.encode(publicUrl + "/?auth_callback=1")));
    }

    private String redeem(VisitorBrowser visitor, Answer back) throws IOException {
        String code =
                Stream.of(URI.create(back.location()).getQuery().split("&", -1))
                        .filter(parameter -> parameter.startsWith("code="))
                        .map(parameter -> parameter.substring("code=".length()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no code in " + back.location()));
        Answer tokens =
                visitor.postForm(
                        publicUrl.resolve("/auth/token"),
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "code",
                                code,
                                "client_id",
                                publicUrl + "/"));
        JsonNode answer = JSON.readTree(tokens.body());
        assertThat(answer.path("access_token").isTextual()).as(tokens.body()).isTrue();
        return answer.path("access_token").asText();
    }
}
