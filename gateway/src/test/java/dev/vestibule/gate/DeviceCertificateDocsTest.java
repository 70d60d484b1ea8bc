package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.ClientCertificatesConfig;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.network.ClientCertificate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The commands of `docs/tls.md`, by which a device gets a certificate.
class DeviceCertificateDocsTest {

    private static final Path PAGE =
            Path.of(System.getProperty("vestibule.repository", "..")).resolve("docs/tls.md");
    private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\\n(.*?)```");

    @TempDir Path directory;

    @Test
    void aDeviceWithTheFileThatTheCommandsMakeIsKnownByTheFingerprintThatTheyTell()
            throws Exception {
        String fingerprint = run();
        TlsHouse house = TlsHouse.get();
        Setting setting = new Setting();
        try (TestGate gate =
                        house.gate(
                                setting,
                                new ClientCertificatesConfig(
                                        List.of(directory.resolve("devices-ca.pem"))));
                RawClient client = new RawClient(gate.port(), device(house))) {
            client.send(gate.request("GET", "/auth/authorize"));

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(gate.seenByHandlers.getLast().certificate())
                    .isEqualTo(
                            new ClientCertificate.Verified("CN=Tablet in the hall", fingerprint));
        }
    }

    /// @return what the last command says
    private String run() throws IOException, InterruptedException {
        String commands =
                COMMANDS.matcher(Files.readString(PAGE))
                        .results()
                        .map(result -> result.group(1))
                        .collect(Collectors.joining());
        assertThat(commands).contains("openssl");
        Process process =
                new ProcessBuilder("sh", "-e", "-c", commands)
                        .directory(directory.toFile())
                        .redirectError(directory.resolve("said").toFile())
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(directory.resolve("said"))).isZero();
        return said.lines().toList().getLast();
    }

    private SSLContext device(TlsHouse house) throws Exception {
        char[] password = "move-it-once".toCharArray();
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("tablet.p12"))) {
            own.load(in, password);
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(house.trusted());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
