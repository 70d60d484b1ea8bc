package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.config.ClientCertificatesConfig;
import dev.vestibule.config.TlsConfig;
import dev.vestibule.gate.RawClient.Answer;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.http.Response;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.testhouse.home.HouseholdAuthority;
import dev.vestibule.testhouse.home.HouseholdAuthority.Signed;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A port that ends TLS itself.
class TlsTest {

    private static @TempDir @Nullable Path shared;
    private static @Nullable HouseholdAuthority authority;
    private static @Nullable HouseholdAuthority devices;
    private static @Nullable Signed first;
    private static @Nullable Signed second;
    private static @Nullable Signed tablet;
    private static @Nullable Signed server;

    @TempDir Path directory;

    @BeforeAll
    static void makeCertificates() throws IOException {
        Path root = Objects.requireNonNull(shared);
        String here = "-validity 2 -ext san=dns:localhost";
        HouseholdAuthority house =
                HouseholdAuthority.make(Files.createDirectory(root.resolve("house")));
        HouseholdAuthority wall =
                HouseholdAuthority.make(Files.createDirectory(root.resolve("devices")));
        authority = house;
        devices = wall;
        first = house.sign("first", here);
        second = house.sign("second", "-keyalg RSA -keysize 2048", here);
        tablet = wall.sign("tablet", "-validity 2 -ext eku=clientAuth");
        server = wall.sign("server", "-validity 2 -ext eku=serverAuth");
    }

    private static HouseholdAuthority authority() {
        return Objects.requireNonNull(authority);
    }

    private static HouseholdAuthority devices() {
        return Objects.requireNonNull(devices);
    }

    private static Signed first() {
        return Objects.requireNonNull(first);
    }

    private static Signed second() {
        return Objects.requireNonNull(second);
    }

    private Path chain() {
        return directory.resolve("chain.pem");
    }

    private Path key() {
        return directory.resolve("key.pem");
    }

    /// As a program does that renews certificates: the old file is there until the new one is.
    private void install(Signed certificate) {
        try {
            for (Path[] move :
                    new Path[][] {{certificate.chain(), chain()}, {certificate.key(), key()}}) {
                Path beside = directory.resolve("new");
                Files.copy(move[0], beside);
                Files.move(beside, move[1], StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Setting setting(Path... clientIssuers) {
        return setting(Duration.ZERO, clientIssuers);
    }

    private Setting setting(Duration hsts, Path... clientIssuers) {
        install(first());
        Setting setting = new Setting();
        setting.tls =
                new TlsConfig(
                        List.of(chain()),
                        List.of(key()),
                        hsts,
                        new ClientCertificatesConfig(List.of(clientIssuers)));
        setting.client = authority().client();
        return setting;
    }

    private static String shown(RawClient client) throws IOException {
        X509Certificate certificate =
                (X509Certificate) client.tls().getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void requestsPassAsTheyDoWithoutIt(String version) throws IOException {
        try (TestGate gate = new TestGate(setting());
                RawClient client = new RawClient(gate.port(), authority().client(), version)) {
            client.send(gate.request("GET", "/api/states"));

            assertThat(client.read().body()).isEqualTo("ok");
            assertThat(client.tls().getSession().getProtocol()).isEqualTo(version);
            assertThat(client.tls().getSession().getCipherSuite()).contains("_GCM_");
            client.send(gate.request("GET", "/auth/authorize"));
            Answer own = client.read();
            assertThat(own.body()).isEqualTo("own");
            assertThat(own.header("strict-transport-security")).isEmpty();
            assertThat(gate.home.received()).contains("GET /api/states");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "TLSv1"})
    void olderVersionsAreNotSpoken(String version) throws IOException {
        try (TestGate gate = new TestGate(setting());
                RawClient client = new RawClient(gate.port(), authority().client(), version)) {
            assertThatThrownBy(() -> client.tls().startHandshake()).isInstanceOf(IOException.class);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void whoSpeaksAnotherProtocolIsRefused() throws IOException {
        try (TestGate gate = new TestGate(setting());
                RawClient client = gate.connect()) {
            SSLParameters parameters = client.tls().getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"ftp"});
            client.tls().setSSLParameters(parameters);

            assertThatThrownBy(() -> client.tls().startHandshake())
                    .hasMessageContaining("no_application_protocol");
        }
    }

    /// Attack: handshakes without end in one connection, each of which costs a signature.
    @Test
    void aConnectionHasOneHandshake() throws IOException {
        try (TestGate gate = new TestGate(setting());
                RawClient client = new RawClient(gate.port(), authority().client(), "TLSv1.2")) {
            client.send(gate.request("GET", "/api/states"));
            client.read();
            client.tls().getSession().invalidate();

            assertThatThrownBy(
                            () -> {
                                client.tls().startHandshake();
                                client.send(gate.request("GET", "/api/second"));
                                client.read();
                            })
                    .isInstanceOfAny(IOException.class, UncheckedIOException.class);
            assertThat(gate.home.received()).doesNotContain("second");
            Until.holds(() -> gate.openConnections() == 0);
        }
    }

    @Test
    void whoSpeaksPlainHttpIsToldSo() throws IOException {
        try (TestGate gate = new TestGate(setting());
                RawClient client = new RawClient(gate.port())) {
            client.send(gate.request("GET", "/api/states"));

            Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("https only");
            assertThat(client.readRest()).isEmpty();
            Until.holds(() -> gate.openConnections() == 0);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void whoSpeaksNeitherIsClosed() throws IOException {
        try (TestGate gate = new TestGate(setting());
                RawClient client = new RawClient(gate.port())) {
            client.trySend("\u0000\u0001SSH-2.0");

            assertThat(client.readRest()).isEmpty();
            Until.holds(() -> gate.openConnections() == 0);
        }
    }

    /// Attack: the beginning of a handshake, and then nothing (B15).
    @ParameterizedTest
    @ValueSource(strings = {"", "\u0016", "\u0016\u0003\u0001\u0002\u0000\u0001"})
    void aHandshakeThatDoesNotComeEndsTheConnection(String begun) throws IOException {
        Setting setting = setting();
        Duration shortly = Duration.ofMillis(300);
        setting.deadlines = new Deadlines(shortly, shortly, shortly, shortly, shortly);
        try (TestGate gate = new TestGate(setting);
                RawClient client = new RawClient(gate.port())) {
            client.send(begun);

            assertThat(client.readRest()).isEmpty();
            Until.holds(() -> gate.openConnections() == 0);
        }
    }

    @Test
    void aRequestThatDoesNotComeAfterTheHandshakeEndsTheConnection() throws IOException {
        Setting setting = setting();
        Duration ample = Duration.ofSeconds(30);
        Duration soon = Duration.ofSeconds(2);
        setting.deadlines = new Deadlines(soon, ample, ample, ample, ample);
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            client.tls().startHandshake();

            assertThat(client.readRest()).isEmpty();
            Until.holds(() -> gate.openConnections() == 0);
        }
    }

    @Test
    void oneConnectionTooManyIsClosedBeforeItsHandshake() throws IOException {
        Setting setting = setting();
        setting.connections = 1;
        try (TestGate gate = new TestGate(setting);
                RawClient one = new RawClient(gate.port())) {
            one.send("\u0016");
            Until.holds(() -> gate.openConnections() == 1);
            try (RawClient other = gate.connect()) {
                assertThatThrownBy(() -> other.tls().startHandshake())
                        .isInstanceOf(IOException.class);
            }
        }
    }

    /// Attack: so many connections, from everywhere, that the heap is full.
    @Test
    void noMoreConnectionsComeInThanFitTheHeap() {
        long heap = 96L * 1024 * 1024;

        assertThat(Listener.encryptedMax(10_000, heap)).isEqualTo(3_072);
        assertThat(Listener.encryptedMax(500, heap)).isEqualTo(500);
        assertThat(Listener.encryptedMax(10_000, 8 * heap)).isEqualTo(10_000);
    }

    /// Attack: many connections that each send most of a record and then wait.
    @Test
    void unfinishedHandshakesShareOneMemory() throws IOException {
        Setting setting = setting();
        setting.heldBytes = 10_000;
        String most = "\u0016\u0003\u0001@\u0000" + "\u0000".repeat(12_000);
        try (TestGate gate = new TestGate(setting)) {
            try (RawClient one = new RawClient(gate.port());
                    RawClient other = new RawClient(gate.port());
                    RawClient ordinary = gate.connect()) {
                one.send(most);
                Until.holds(() -> gate.heldBytesLeft() < 3_000);

                other.trySend(most);
                assertThat(other.readRest()).isEmpty();

                ordinary.send(gate.request("GET", "/api/"));
                assertThat(ordinary.read().status()).isEqualTo(200);
            }
            Until.holds(() -> gate.heldBytesLeft() == 10_000);
        }
    }

    @Test
    void aNewCertificateIsShownToNewConnectionsAndOldOnesGoOn() throws IOException {
        try (TestGate gate = new TestGate(setting());
                RawClient old = gate.connect()) {
            old.send(gate.request("GET", "/api/states"));
            old.read();
            assertThat(shown(old)).isEqualTo("CN=first");

            install(second());

            awaitShown(gate, "CN=second");
            old.send(gate.request("GET", "/api/again"));
            assertThat(old.read().body()).isEqualTo("ok");
            assertThat(shown(old)).isEqualTo("CN=first");
        }
    }

    @Test
    void aBrokenFileLeavesTheOldCertificateUntilItIsWhole() throws IOException {
        try (TestGate gate = new TestGate(setting())) {
            Files.writeString(chain(), "half of a cert");
            Files.copy(second().key(), key(), StandardCopyOption.REPLACE_EXISTING);
            for (int i = 0; i < 20; i++) {
                LockSupport.parkNanos(10_000_000);
                try (RawClient client = gate.connect()) {
                    client.tls().startHandshake();
                    assertThat(shown(client)).isEqualTo("CN=first");
                }
            }

            install(second());
            awaitShown(gate, "CN=second");
        }
    }

    private static void awaitShown(TestGate gate, String subject) {
        Until.holds(
                () -> {
                    try (RawClient client = new RawClient(gate.port(), authority().client())) {
                        client.tls().startHandshake();
                        return shown(client).equals(subject);
                    } catch (IOException problem) {
                        throw new UncheckedIOException(problem);
                    }
                });
    }

    @Test
    void browsersAreToldToStayWithHttpsWhereThatIsConfigured() throws IOException {
        try (TestGate gate = new TestGate(setting(Duration.ofDays(30)));
                RawClient client = gate.connect()) {
            for (String path : List.of("/auth/authorize", "/api/states")) {
                client.send(gate.request("GET", path));
                assertThat(client.read().header("strict-transport-security"))
                        .contains("max-age=2592000");
            }
        }
    }

    private static ClientCertificate seen(TestGate gate) {
        return gate.seenByHandlers.getLast().certificate();
    }

    @Test
    void aDevicesCertificateIsKnownByItsFingerprint() throws Exception {
        Setting setting = setting(devices().file());
        Signed own = Objects.requireNonNull(tablet);
        setting.client = authority().clientWith(devices(), own);
        setting.handler = request -> Response.text(200, "own");
        X509Certificate certificate =
                (X509Certificate)
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(
                                        new ByteArrayInputStream(Files.readAllBytes(own.chain())));
        String fingerprint =
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(certificate.getEncoded()));
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            client.send(gate.request("GET", "/auth/authorize"));

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(seen(gate))
                    .isEqualTo(new ClientCertificate.Verified("CN=tablet", fingerprint));
        }
    }

    @Test
    void whoHasNoCertificateComesInWithoutOne() throws IOException {
        try (TestGate gate = new TestGate(setting(devices().file()));
                RawClient client = gate.connect()) {
            client.send(
                    gate.request(
                            "GET",
                            "/auth/authorize",
                            "X-Forwarded-Client-Cert: Hash=" + "ab".repeat(32)));

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(seen(gate)).isEqualTo(ClientCertificate.NONE);
        }
    }

    @Test
    void certificatesOfOthersAndForOtherUsesAreRefused() throws IOException {
        Setting setting = setting(devices().file());
        try (TestGate gate = new TestGate(setting)) {
            for (var context :
                    List.of(
                            authority().clientWith(authority(), first()),
                            authority().clientWith(devices(), Objects.requireNonNull(server)))) {
                try (RawClient client = new RawClient(gate.port(), context)) {
                    askAnyway(client, gate);
                }
            }
            assertThat(gate.seenByHandlers)
                    .allSatisfy(
                            request ->
                                    assertThat(request.certificate())
                                            .isEqualTo(ClientCertificate.NONE));
        }
    }

    private static void askAnyway(RawClient client, TestGate gate) throws IOException {
        try {
            SSLSocket socket = client.tls();
            socket.startHandshake();
            client.send(gate.request("GET", "/auth/authorize"));
            client.read();
        } catch (IOException | UncheckedIOException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
