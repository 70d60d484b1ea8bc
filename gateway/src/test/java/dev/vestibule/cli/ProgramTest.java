package dev.vestibule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The program as a process of its own, without a terminal: what standard input, output and error,
/// exit codes and signals really do.
@Timeout(120)
final class ProgramTest {

    private static final int EXIT_AFTER_SIGTERM = 128 + 15;

    @TempDir Path directory;
    private final ScriptedHomeAssistant home = ScriptedHomeAssistant.start();
    private final ScriptedOpenIdProvider provider = ScriptedOpenIdProvider.start();
    private final URI publicUrl = URI.create("http://localhost:" + LoopbackPort.free());
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endEverything() {
        processes.forEach(Process::destroyForcibly);
        home.close();
        provider.close();
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.add(
                "@"
                        + Path.of(
                                System.getProperty("vestibule.repository", ".."),
                                "vestibule.jvmargs"));
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path", "")));
        command.add("dev.vestibule.Main");
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectError(directory.resolve("stderr").toFile())
                        .start();
        processes.add(process);
        return process;
    }

    private String complained() throws IOException {
        return Files.readString(directory.resolve("stderr"));
    }

    private static void answer(Process process, String... lines) throws IOException {
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(String.join("\n", lines) + "\n");
        }
    }

    private static String printed(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void setUp() throws IOException, InterruptedException {
        Process setup = start("setup", "--config", "vestibule.yaml");
        answer(
                setup,
                home.url().toString(),
                publicUrl.toString(),
                "generic",
                "",
                provider.issuer().toString(),
                "vestibule",
                "a-client-secret",
                "",
                "",
                "admins",
                "",
                "",
                "owner",
                "owner-password");
        String printed = printed(setup);
        assertThat(setup.waitFor()).as(complained()).isZero();
        assertThat(printed).contains("made the token 'Vestibule'").doesNotContain("owner-password");
    }

    @Test
    void setupReadsItsAnswersFromStandardInputWhereNoTerminalIs() throws Exception {
        setUp();

        Process check = start("check");
        String printed = printed(check);

        assertThat(check.waitFor()).as(complained()).isZero();
        assertThat(printed)
                .contains("issuer: " + provider.issuer())
                .doesNotContain("a-client-secret");
    }

    @Test
    void anIssuerThatDoesNotFitIsToldOnceAndNotLogged() throws Exception {
        Process setup = start("setup", "--config", "vestibule.yaml");
        answer(
                setup,
                home.url().toString(),
                "https://home.example.org",
                "generic",
                "",
                provider.issuer() + "/");

        String printed = printed(setup);

        assertThat(setup.waitFor()).as(printed).isEqualTo(1);
        assertThat(complained()).containsOnlyOnce("calls itself").doesNotContain("WARN");
    }

    @Test
    void problemsAreOnStandardErrorAndTheExitCodeIsOne() throws Exception {
        Files.writeString(directory.resolve("vestibule.yaml"), "hoem: {}\nprovider: 1\n");

        Process check = start("check");

        assertThat(printed(check)).isEmpty();
        assertThat(check.waitFor()).isEqualTo(1);
        assertThat(complained())
                .contains("line 1, hoem: The key 'hoem' is unknown here. Did you mean 'home'?")
                .contains("line 2, provider: The key 'provider' is unknown here.")
                .doesNotContain("Exception");
    }

    @Test
    void servesWhatSetupWroteUntilTheSignalToStop() throws Exception {
        setUp();
        provider.register(
                RegisteredClient.secretBasic(
                        "vestibule",
                        "a-client-secret",
                        publicUrl.resolve("/auth/vestibule/callback/sso")));
        Path socket = directory.resolve("data/control/vestibule.sock");

        Process serve = start("serve");
        String greeting = awaitGreeting(serve.inputReader(StandardCharsets.UTF_8));
        assertThat(greeting)
                .contains("port " + publicUrl.getPort() + ";")
                .contains(socket.toString());
        try (VisitorBrowser browser = new VisitorBrowser()) {
            assertThat(browser.get(publicUrl.resolve("/")).status()).isEqualTo(200);
            assertThat(browser.get(authorizeAddress()).location())
                    .startsWith(provider.issuer().toString());
        }
        Process list = start("account", "list");
        assertThat(printed(list)).startsWith("ID");
        assertThat(list.waitFor()).isZero();
        serve.destroy();

        assertThat(serve.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(serve.exitValue()).isEqualTo(EXIT_AFTER_SIGTERM);
        assertThat(socket).doesNotExist();
    }

    @Test
    void atAFirstRunItWaitsForAConfigurationUntilTheSignalToStop() throws Exception {
        Process serve =
                start("serve", "--first-run", "--listen", "127.0.0.1:" + publicUrl.getPort());
        String shown =
                awaitLine(serve.inputReader(StandardCharsets.UTF_8), "The code for the page");
        assertThat(shown).containsPattern("[0-9A-Z]{4}-[0-9A-Z]{4}");
        try (VisitorBrowser browser = new VisitorBrowser()) {
            assertThat(browser.get(publicUrl.resolve("/")).location()).isEqualTo("/first-run");
        }

        serve.destroy();

        assertThat(serve.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(serve.exitValue()).isEqualTo(EXIT_AFTER_SIGTERM);
        assertThat(directory.resolve("vestibule.yaml")).doesNotExist();
    }

    private URI authorizeAddress() {
        String client = VisitorBrowser.encode(publicUrl + "/");
        return publicUrl.resolve(
                "/auth/authorize?response_type=code&client_id=%s&redirect_uri=%s"
                        .formatted(client, client));
    }

    /// Log lines and greeting share standard output.
    private static String awaitGreeting(BufferedReader output) throws IOException {
        return awaitLine(output, " listens on ");
    }

    private static String awaitLine(BufferedReader output, String part) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        return "the output ended without '" + part + "'";
    }

    @Test
    void aMasterKeyThatOthersCanReadIsToldInOneBlock() throws Exception {
        setUp();
        Path key = directory.resolve("data/master.key");
        Files.createDirectories(key.resolveSibling(""));
        Files.writeString(key, "x");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        Process serve = start("serve");
        String printed = printed(serve);

        assertThat(serve.waitFor()).as(printed).isEqualTo(1);
        assertThat(complained())
                .contains("Vestibule cannot start because of the master key.")
                .contains("chmod 600 " + key)
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }

    @Test
    void aDatabaseThatIsNoneIsToldInOneBlock() throws Exception {
        setUp();
        Process once = start("serve");
        awaitGreeting(once.inputReader(StandardCharsets.UTF_8));
        once.destroy();
        once.waitFor();
        for (Path file : databaseFiles()) {
            Files.writeString(file, "this is no database, and was one before");
        }

        Process serve = start("serve");
        String printed = printed(serve);

        assertThat(serve.waitFor()).as(printed).isEqualTo(1);
        assertThat(complained())
                .contains("Vestibule cannot start because of the database.")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }

    private List<Path> databaseFiles() throws IOException {
        try (var files = Files.list(directory.resolve("data"))) {
            List<Path> found =
                    files.filter(Files::isRegularFile)
                            .filter(file -> !file.endsWith("master.key"))
                            .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }
}
