package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import dev.vestibule.secret.Secrets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// I10: a provider whose certificate comes from an authority that only this house knows.
class ProviderTrustTest {

    private static final String PASSWORD = "for-the-test";

    /// RFC 7517 appendix A.1.
    private static final String KEY =
            """
            {"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
             "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}\
            """;

    @TempDir private Path directory;
    private final HttpsServer server;

    ProviderTrustTest() throws IOException {
        server =
                HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    }

    private void serve(String subjectAlternativeName) throws Exception {
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=id",
                "-ext",
                "san=" + subjectAlternativeName);
        keytool("-exportcert", "-rfc", "-file", authority().toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::answer);
        server.start();
    }

    private Path authority() {
        return directory.resolve("ca.pem");
    }

    private void keytool(String... arguments) throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        List<String> command = new ArrayList<>();
        command.add(Path.of(java).resolveSibling("keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "-alias",
                        "id",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        directory.resolve("keys.p12").toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("keytool.txt").toFile())
                        .start();
        assertThat(process.waitFor())
                .as(() -> "keytool, see " + directory.resolve("keytool.txt"))
                .isZero();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String issuer = issuer().toString();
        byte[] document =
                """
                {"issuer":"%s","authorization_endpoint":"%s/a","token_endpoint":"%s/t",
                 "jwks_uri":"%s/j","id_token_signing_alg_values_supported":["ES256"],
                 "keys":[%s]}\
                """
                        .formatted(issuer, issuer, issuer, issuer, KEY)
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, document.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(document);
        }
    }

    private URI issuer() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void probe(List<Path> caFiles) {
        ConfigDraft config = new ConfigDraft(issuer());
        config.caFiles = caFiles;
        try (OpenIdProvider party =
                new OpenIdProvider(
                        InstantSource.system(),
                        new Secrets(),
                        config.finish(),
                        ProviderHouse.PATIENCE)) {
            party.probe();
        }
    }

    @Test
    @DisplayName("a certificate that nobody knows is refused, with the key that helps")
    void anUnknownCertificateIsRefused() throws Exception {
        serve("ip:127.0.0.1");

        assertThatThrownBy(() -> probe(List.of()))
                .isInstanceOf(OpenIdProviderUnavailable.class)
                .hasMessageContaining("over TLS")
                .hasMessageContaining("ca-file");
    }

    @Test
    void aCertificateOfAConfiguredAuthorityIsAccepted() throws Exception {
        serve("ip:127.0.0.1");

        assertThatCode(() -> probe(List.of(authority()))).doesNotThrowAnyException();
    }

    @Test
    void aCertificateForAnotherNameIsRefusedAllTheSame() throws Exception {
        serve("dns:id.example.org");

        assertThatThrownBy(() -> probe(List.of(authority())))
                .isInstanceOf(OpenIdProviderUnavailable.class)
                .hasMessageContaining("over TLS");
    }
}
