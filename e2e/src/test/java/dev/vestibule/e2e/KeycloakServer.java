package dev.vestibule.e2e;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.LoopbackPort;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real Keycloak in a process of its own, on a loopback port, with the realm of
/// `keycloak-realm.json`: Ada of the admins, Ben and Rita of the family, Vera of the guests and Sam
/// of the neighbours, each with the password `password of NAME`.
///
/// It starts with an empty database; [#stop()] and [#launchAgain()] keep that and the port. Not for
/// several threads. The build unpacks Keycloak itself; see `e2e/pom.xml`.
final class KeycloakServer implements AutoCloseable {

    static final String REALM = "vestibule";

    static final String CLIENT_SECRET = "secret of vestibule";
    private static final String ADMINISTRATOR_PASSWORD = "password of the administrator";
    static final Duration START_MAX = Duration.ofMinutes(5);
    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    /// Runs a command until it ends or the other end of standard input is closed: that happens too
    /// when this process is killed, so that no Keycloak outlives its tests.
    private static final String UNTIL_INPUT_ENDS =
            """
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            { cat <&3 >/dev/null; kill "$server"; } 2>/dev/null &
            wait "$server"
            """;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    private final int port = LoopbackPort.free();
    private final Path directory;
    private final Path log;
    private Process process;

    private KeycloakServer(Path target) {
        this.directory = unpackedIn(target);
        this.log = target.resolve("keycloak.log");
        emptyDatabase();
        this.process = launch();
    }

    /// Starts it and waits until it serves the realm.
    static KeycloakServer start() {
        String repository = System.getProperty("vestibule.repository", "..");
        var server = new KeycloakServer(Path.of(repository, "e2e", "target").toAbsolutePath());
        try {
            server.awaitRealm();
            return server;
        } catch (AssertionError | IllegalStateException notStarted) {
            server.close();
            throw notStarted;
        }
    }

    private static Path unpackedIn(Path target) {
        try (Stream<Path> found = Files.list(target)) {
            return found.filter(path -> path.getFileName().toString().startsWith("keycloak-"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("no Keycloak unpacked in " + target));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void emptyDatabase() {
        Path data = directory.resolve("data");
        try {
            if (Files.exists(data)) {
                try (Stream<Path> old = Files.walk(data)) {
                    old.sorted(Comparator.reverseOrder())
                            .map(Path::toFile)
                            .forEach(f -> f.delete());
                }
            }
            Files.createDirectories(data.resolve("import"));
            try (InputStream realm =
                    Objects.requireNonNull(
                            KeycloakServer.class.getResourceAsStream("keycloak-realm.json"))) {
                Files.copy(realm, data.resolve("import").resolve(REALM + "-realm.json"));
            }
            Files.deleteIfExists(log);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Process launch() {
        ProcessBuilder builder =
                new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        UNTIL_INPUT_ENDS,
                        "sh",
                        directory.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--hostname=" + address());
        builder.environment().keySet().removeIf(name -> name.startsWith("KC_"));
        builder.environment()
                .putAll(
                        Map.of(
                                "JAVA_HOME", System.getProperty("java.home", ""),
                                "JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx400m",
                                "JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1",
                                "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                                "KC_BOOTSTRAP_ADMIN_PASSWORD", ADMINISTRATOR_PASSWORD));
        try {
            return builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// The port opens long before the realm is there; until then it answers 503.
    void awaitRealm() {
        URI discovery = URI.create(issuer() + "/.well-known/openid-configuration");
        Patience.until(
                () -> statusOf(discovery) == 200 || !process.isAlive(),
                PAUSE,
                START_MAX,
                this::lastWords);
        if (!process.isAlive()) {
            throw new IllegalStateException("Keycloak ended:\n" + lastWords());
        }
    }

    /// @return 0 where nobody answers
    private int statusOf(URI uri) {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER_MAX).build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException away) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    URI issuer() {
        return URI.create(address() + "/realms/" + REALM);
    }

    /// The gateway's client at this provider.
    OpenIdProviderConfig config() {
        return OpenIdProviderConfig.of(
                "keycloak",
                issuer(),
                "vestibule",
                new ClientAuthentication.SecretBasic(new Secret(CLIENT_SECRET)));
    }

    /// What an administrator does by hand.
    KeycloakAdmin admin() {
        return new KeycloakAdmin(http, URI.create(address()), ADMINISTRATOR_PASSWORD);
    }

    /// What people type into its form.
    static String passwordOf(String username) {
        return "password of " + username;
    }

    /// Ends the process and waits until it is gone.
    void stop() {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
                process.waitFor();
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /// Starts it over the same database and does not wait: until [#awaitRealm()] it answers as a
    /// starting Keycloak does.
    void launchAgain() {
        process = launch();
    }

    @Override
    public void close() {
        stop();
        http.close();
    }
}
