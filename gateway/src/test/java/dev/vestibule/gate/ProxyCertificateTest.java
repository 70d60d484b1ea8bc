package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.network.ClientCertificate;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// Certificates of devices that a proxy in front has verified.
class ProxyCertificateTest {

    private static final String HASH = "cd".repeat(32);
    private static final String HEADER = "X-Forwarded-Client-Cert: Hash=" + HASH;

    private static ClientCertificate seen(TestGate gate, String... headers) throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(gate.request("GET", "/auth/authorize", headers));
            assertThat(client.read().status()).isEqualTo(200);
            client.send(gate.request("GET", "/api/states", headers));
            assertThat(client.read().status()).isEqualTo(200);
            return gate.seenByHandlers.getLast().certificate();
        }
    }

    @Test
    void aListedProxyNamesTheCertificateOfItsClient() throws IOException {
        Setting setting = new Setting();
        setting.certificateProxies = List.of(InetAddress.ofLiteral("127.0.0.1"));
        try (TestGate gate = new TestGate(setting)) {
            assertThat(seen(gate, HEADER)).isEqualTo(new ClientCertificate.Verified("", HASH));
            assertThat(seen(gate)).isEqualTo(ClientCertificate.NONE);
            assertThat(seen(gate, HEADER, HEADER)).isEqualTo(ClientCertificate.NONE);
            assertThat(gate.home.received()).doesNotContain(HASH);
        }
    }

    /// Attack: the header without the proxy.
    @Test
    void nobodyElseDoes() throws IOException {
        Setting setting = new Setting();
        setting.certificateProxies = List.of(InetAddress.ofLiteral("127.0.0.2"));
        try (TestGate gate = new TestGate(setting)) {
            assertThat(
                            seen(
                                    gate,
                                    HEADER,
                                    "X_Forwarded_Client_Cert: Hash=" + HASH,
                                    "Client-Cert: :" + HASH + ":",
                                    "SSL-Client-Verify: " + HASH,
                                    "X-SSL-Client-Verify: " + HASH,
                                    "X-SSL-Client-Cert: " + HASH))
                    .isEqualTo(ClientCertificate.NONE);
            assertThat(gate.home.received()).contains("/api/states").doesNotContain(HASH);
        }
    }
}
