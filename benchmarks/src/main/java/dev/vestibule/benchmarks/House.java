package dev.vestibule.benchmarks;

import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/// Everything that runs, on free ports of loopback, in a directory that goes away with it:
///
/// ```
/// load ─┬─► gateway (./vestibule serve) ─┬─► nginx (the home) ─┬─► files of 1 KiB and 100 KiB
///       └─► nginx (plain proxy) ─────────┘                     └─► scripted Home Assistant
/// ```
///
/// Home Assistant, the identity provider and the visitors live in this process; what is measured,
/// and the load, are processes of their own. One thread uses it; closing is for any thread.
final class House implements AutoCloseable {

    private static final String PERSON = "ada";

    /// More than the default, so that one person can have as many open as are closed at once.
    private static final int SOCKETS_OF_ONE_PERSON_MAX = 1_000;

    /// As many as the configuration takes: what the gateway can do is measured, and not its limit.
    private static final int SCIM_REQUESTS_PER_SECOND_MAX = 10_000;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path repository;
    private final Path directory;
    private final ScriptedHomeAssistant home;
    private final People people;
    private final URI gatewayAddress = Ports.address(Ports.free());
    private final Contender plainNginx;
    private final String bearer;
    private GatewayProgram gateway;

    /// @param repository the root of the checkout
    @SuppressWarnings("this-escape") // The class is final.
    House(Path repository) {
        this.repository = repository;
        try {
            directory = temporaryDirectory();
            Path files = directory.resolve("files");
            Answers.write(files);
            home =
                    closing(
                            ScriptedHomeAssistant.start(
                                    HomeOptions.defaults()
                                            .withExternalUrl(gatewayAddress.toString())
                                            .withForwardedHeadersTrusted(true)
                                            .withRecordBytesMax(0)));
            people = closing(new People(gatewayAddress));
            int homePort = Ports.free();
            var _ = closing(Nginx.home(directory, homePort, home.url(), files));
            int plainPort = Ports.free();
            URI homeAddress = Ports.address(homePort);
            plainNginx =
                    new Contender(
                            "nginx plain",
                            Ports.address(plainPort),
                            closing(Nginx.plainProxy(directory, plainPort, homeAddress)));
            writeConfig(homeAddress);
            gateway = startGateway();
            bearer = people.signIn(PERSON);
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private Path temporaryDirectory() {
        try {
            Path created = Files.createTempDirectory("vestibule-benchmarks");
            open.push(() -> delete(created));
            return created;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Path configFile() {
        return directory.resolve("vestibule.yaml");
    }

    private void writeConfig(URI homeAddress) {
        String config =
                """
                listen: {address: 127.0.0.1, port: %d}
                home:
                  name: home
                  public-url: %s
                  home-assistant: {url: "%s", token-file: home.token}
                  roles: {user: [%s]}
                providers:
                  - id: %s
                    issuer: %s
                    client-id: %s
                    client-secret: %s
                limits: {sockets: %d, scim-requests-per-second: %d}
                """
                        .formatted(
                                gatewayAddress.getPort(),
                                gatewayAddress,
                                homeAddress,
                                People.GROUP,
                                People.PROVIDER,
                                people.issuer(),
                                People.CLIENT_ID,
                                People.CLIENT_SECRET,
                                SOCKETS_OF_ONE_PERSON_MAX,
                                SCIM_REQUESTS_PER_SECOND_MAX);
        try {
            Files.writeString(directory.resolve("home.token"), home.administratorToken());
            Files.writeString(configFile(), config);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private GatewayProgram startGateway() {
        return closing(GatewayProgram.start(repository, configFile(), gatewayAddress));
    }

    /// Ends the gateway and starts it again with the same data.
    ///
    /// @return how long it took to the first answer
    Duration startGatewayAgain() {
        gateway.close();
        gateway = startGateway();
        return gateway.firstAnswer();
    }

    /// How long the very first start took, which makes key and database.
    Duration firstAnswer() {
        return gateway.firstAnswer();
    }

    Contender gateway() {
        return new Contender("Vestibule", gatewayAddress, gateway.program());
    }

    Contender plainNginx() {
        return plainNginx;
    }

    ScriptedHomeAssistant home() {
        return home;
    }

    People people() {
        return people;
    }

    Path directory() {
        return directory;
    }

    /// What the operator of the gateway says to it.
    ControlSocket control() {
        return new ControlSocket(directory);
    }

    /// The access token of a person who signed in through the gateway. It is Home Assistant's own,
    /// so the other contenders can show it too.
    String bearer() {
        return bearer;
    }

    private <T extends AutoCloseable> T closing(T part) {
        synchronized (open) {
            open.push(part);
        }
        return part;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        synchronized (open) {
            while (!open.isEmpty()) {
                try {
                    open.pop().close();
                } catch (Exception problem) {
                    System.err.println("Something could not be put away: " + problem);
                }
            }
        }
    }
}
