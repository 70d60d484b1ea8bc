package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.HouseBrowser.Answer;
import dev.vestibule.cli.Cli;
import dev.vestibule.cli.StopSignal;
import dev.vestibule.cli.Surroundings;
import dev.vestibule.cli.Terminal;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The minimal gateway, for when the configuration or the database cannot be read.
class RescueTest {

    @TempDir private Path directory;

    private final ScriptedHomeAssistant home =
            ScriptedHomeAssistant.start(HomeOptions.defaults().withPort(LoopbackPort.free()));
    private final int port = LoopbackPort.free();
    private final Paper paper = new Paper();

    @AfterEach
    void close() {
        home.close();
    }

    /// A terminal that nobody sits at.
    private static final class Paper implements Terminal {

        private final StringWriter out = new StringWriter();
        private final StringWriter err = new StringWriter();

        @Override
        public PrintWriter out() {
            return new PrintWriter(out, true);
        }

        @Override
        public PrintWriter err() {
            return new PrintWriter(err, true);
        }

        @Override
        public boolean isInteractive() {
            return false;
        }

        @Override
        public Optional<String> readLine(String prompt) {
            return Optional.empty();
        }

        @Override
        public Optional<Secret> readSecret(String prompt) {
            return Optional.empty();
        }
    }

    /// @param meanwhile done while the minimal gateway runs
    private int run(Runnable meanwhile, String... arguments) {
        StopSignal stop =
                new StopSignal() {
                    @Override
                    public void await() {
                        meanwhile.run();
                    }

                    @Override
                    public void await(Duration limit) {
                        meanwhile.run();
                    }

                    @Override
                    public void stopped() {}
                };
        return Cli.commandLine(
                        new Surroundings(
                                InstantSource.system(),
                                new Secrets(),
                                Map.of(),
                                paper,
                                stop,
                                Main.surroundings().starter()))
                .execute(arguments);
    }

    private Path token() throws IOException {
        return Files.writeString(directory.resolve("token"), home.administratorToken() + "\n");
    }

    private String origin() {
        return "http://localhost:" + port;
    }

    private String[] named(Path token) {
        return new String[] {
            "break-glass",
            "--rescue",
            "--home-assistant",
            home.url().toString(),
            "--public-url",
            origin(),
            "--token-file",
            token.toString(),
            "--listen",
            "127.0.0.1:" + port,
            "--lan",
            "127.0.0.1"
        };
    }

    private void openTheDashboard() {
        try (HouseBrowser browser = HouseBrowser.before(origin())) {
            String code = paper.out.toString().strip();
            Answer in = browser.post("/auth/vestibule/break-glass", Map.of("code", code));
            assertThat(in.location()).as(in.body()).isEqualTo(origin() + "/");
            String clientId = origin() + "/";
            Answer back =
                    browser.get(
                            "/auth/authorize?response_type=code&client_id="
                                    + clientId
                                    + "&redirect_uri="
                                    + clientId);
            String authorizationCode = back.location().replaceAll(".*[?&]code=([^&]+).*", "$1");
            Answer tokens =
                    browser.post(
                            "/auth/token",
                            Map.of(
                                    "grant_type",
                                    "authorization_code",
                                    "code",
                                    authorizationCode,
                                    "client_id",
                                    clientId));
            assertThat(tokens.body()).contains("access_token");
            assertThat(home.userNamed("Emergency administrator").orElseThrow().groups())
                    .containsExactly("system-admin");
        }
    }

    @Test
    void anAdministratorGetsInWithoutAnyConfigurationAndNothingIsLeft() throws IOException {
        int exit = run(this::openTheDashboard, named(token()));

        assertThat(exit).as(paper.err.toString()).isZero();
        assertThat(home.userNamed("Emergency administrator")).isEmpty();
    }

    @Test
    void anAdministratorGetsInBesideABrokenDatabaseWhichIsNotTouched() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Path database = Files.writeString(data.resolve("vestibule.db"), "not a database at all");
        Path config = config(data);

        int exit = run(this::openTheDashboard, "break-glass", "--rescue", "-c", config.toString());

        assertThat(exit).as(paper.err.toString()).isZero();
        assertThat(database).hasContent("not a database at all");
        try (var left = Files.list(data)) {
            assertThat(left).containsExactly(database);
        }
    }

    private Path config(Path data) throws IOException {
        return Files.writeString(
                directory.resolve("vestibule.yaml"),
                """
                listen: {address: 127.0.0.1, port: %d}
                data-directory: %s
                network: {lan: [127.0.0.1]}
                home:
                  public-url: %s
                  home-assistant: {url: "%s", token-file: %s}
                  roles: {admin: [admins]}
                providers:
                  - id: op
                    issuer: https://id.example.org
                    client-id: vestibule
                    client-secret: secret
                """
                        .formatted(port, data, origin(), home.url(), token()));
    }

    @Test
    void itDoesNotStartBesideARunningGateway() throws IOException {
        Path config = config(Files.createDirectory(directory.resolve("d")));

        runBeside(config, "break-glass", "--rescue", "-c", config.toString());
    }

    @Test
    void norWhereTheHomeIsNamedBesideTheConfiguration() throws IOException {
        Path config = config(Files.createDirectory(directory.resolve("d")));

        runBeside(config, with(named(token()), "-c", config.toString()));
    }

    @Test
    void norWhereTheConfigurationWasBrokenMeanwhile() throws IOException {
        Path config = config(Files.createDirectory(directory.resolve("d")));
        Path broken =
                Files.writeString(
                        directory.resolve("broken.yaml"),
                        Files.readString(config).replace("providers:", "prviders:"));

        runBeside(config, with(named(token()), "-c", broken.toString()));
    }

    @Test
    void norWhereItsDirectoryIsNamed() throws IOException {
        Path data = Files.createDirectory(directory.resolve("d"));
        Path noYaml = Files.writeString(directory.resolve("broken.yaml"), "home: [");

        runBeside(
                config(data),
                with(named(token()), "-c", noYaml.toString(), "--data-directory", data.toString()));
    }

    @Test
    void norBesideItsConfigurationThatIsNoYaml() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Path noYaml = Files.writeString(directory.resolve("broken.yaml"), "home: [");

        runBeside(config(data), with(named(token()), "-c", noYaml.toString()));
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    private void runBeside(Path config, String... rescue) {
        int[] inner = {-1};
        run(
                () ->
                        inner[0] =
                                run(
                                        () -> {
                                            throw new IllegalStateException("it started");
                                        },
                                        rescue),
                "serve",
                "-c",
                config.toString());

        assertThat(inner[0]).isEqualTo(1);
        assertThat(paper.err.toString()).contains("The gateway runs");
    }

    @Test
    void whereNobodyCanSayWhetherAGatewayRunsThatIsSaid() throws IOException {
        Path noYaml = Files.writeString(directory.resolve("broken.yaml"), "home: [");

        int exit = run(this::openTheDashboard, with(named(token()), "-c", noYaml.toString()));

        assertThat(exit).as(paper.err.toString()).isZero();
        assertThat(paper.err.toString()).contains("warning: ", "--data-directory");
    }

    @Test
    void theAdministratorGoesEvenWhereSomethingBreaks() throws IOException {
        int exit =
                run(
                        () -> {
                            openTheDashboard();
                            throw new IllegalStateException("a bug");
                        },
                        named(token()));

        assertThat(exit).isEqualTo(1);
        assertThat(home.userNamed("Emergency administrator")).isEmpty();
    }

    @Test
    void anAdministratorWhoCannotBeDeletedIsNotPassedOver() throws IOException {
        int exit =
                run(
                        () -> {
                            openTheDashboard();
                            home.stop();
                        },
                        named(token()));

        assertThat(exit).isEqualTo(1);
        assertThat(paper.err.toString())
                .contains("Emergency administrator", "Delete them there yourself");
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        Path broken = Files.writeString(directory.resolve("vestibule.yaml"), "home: [");

        int exit = run(() -> {}, "break-glass", "--rescue", "-c", broken.toString());

        assertThat(exit).isEqualTo(1);
        assertThat(paper.err.toString())
                .contains("--home-assistant")
                .contains("--public-url")
                .contains("--token-file");
    }
}
