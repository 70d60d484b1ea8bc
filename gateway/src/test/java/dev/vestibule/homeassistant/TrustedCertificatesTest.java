package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.secret.Secret;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

class TrustedCertificatesTest {

    private static final String PASSWORD = "only-for-this-test";

    private static @TempDir @Nullable Path directory;

    private @Nullable HttpsServer server;

    /// Once, because a JVM of its own takes seconds on a small machine.
    @BeforeAll
    static void makeAPrivateCertificate() throws IOException, InterruptedException {
        Path store = file("server.p12");
        Path certificate = file("server.pem");
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=home",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-alias",
                "home",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "home",
                "-file",
                certificate.toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
    }

    @BeforeEach
    void serveWithIt() throws IOException, GeneralSecurityException {
        server = server(file("server.p12"));
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(server).stop(0);
    }

    @Test
    void acceptsTheOperatorsOwnCertificate() {
        try (var transport = transport("127.0.0.1", List.of(file("server.pem")))) {
            assertThat(transport.get("/", ForwardedFor.NOBODY).status()).isEqualTo(204);
        }
    }

    @Test
    void refusesACertificateThatNobodyTrusts() {
        try (var transport = transport("127.0.0.1", List.of())) {
            assertThatThrownBy(() -> transport.get("/", ForwardedFor.NOBODY))
                    .isInstanceOf(HomeAssistantUnavailable.class);
        }
    }

    @Test
    void refusesATrustedCertificateOfAnotherName() {
        try (var transport = transport("localhost", List.of(file("server.pem")))) {
            assertThatThrownBy(() -> transport.get("/", ForwardedFor.NOBODY))
                    .isInstanceOf(HomeAssistantUnavailable.class);
        }
    }

    @Test
    void saysWhichFileHoldsNoCertificate() throws IOException {
        Path empty = Files.writeString(file("empty.pem"), "");
        assertThatThrownBy(() -> TrustedCertificates.systemAnd(List.of(empty)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty.pem");

        Path missing = file("missing.pem");
        assertThatThrownBy(() -> TrustedCertificates.systemAnd(List.of(missing)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing.pem");
    }

    private static Path file(String name) {
        return Objects.requireNonNull(directory).resolve(name);
    }

    private Transport transport(String host, List<Path> caFiles) {
        int port = Objects.requireNonNull(server).getAddress().getPort();
        return new Transport(
                new HomeAssistantConfig(
                        URI.create("https://" + host + ":" + port), new Secret("t"), caFiles),
                TransportLimits.DEFAULT);
    }

    private static HttpsServer server(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        return server;
    }

    /// The JDK's own tool, beside the `java` that runs this test.
    private static void keytool(String... arguments) throws IOException, InterruptedException {
        Path java = Path.of(ProcessHandle.current().info().command().orElseThrow());
        List<String> command = new ArrayList<>();
        command.add(java.resolveSibling("keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
