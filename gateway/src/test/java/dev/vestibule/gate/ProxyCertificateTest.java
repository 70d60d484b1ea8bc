package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.network.CertificateForm;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.testhouse.home.HouseholdAuthority;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Certificates of devices that a proxy in front has verified.
class ProxyCertificateTest {

    private static final String HASH =
            "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd";
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

    private static TestGate gateThatListens(String proxy, CertificateForm form) {
        Setting setting = new Setting();
        setting.certificateProxies = Map.of(InetAddress.ofLiteral(proxy), form);
        return new TestGate(setting);
    }

    /// The two headers of nginx.
    private static String[] ofNginx(Path certificate) throws IOException {
        String escaped =
                URLEncoder.encode(Files.readString(certificate), StandardCharsets.US_ASCII)
                        .replace("+", "%20");
        return new String[] {"X-SSL-Client-Verify: SUCCESS", "X-SSL-Client-Cert: " + escaped};
    }

    @Test
    void aListedProxyNamesTheCertificateOfItsClient() throws IOException {
        try (TestGate gate = gateThatListens("127.0.0.1", CertificateForm.XFCC)) {
            assertThat(seen(gate, HEADER)).isEqualTo(new ClientCertificate.Verified("", HASH));
            assertThat(seen(gate)).isEqualTo(ClientCertificate.NONE);
            assertThat(seen(gate, HEADER, HEADER)).isEqualTo(ClientCertificate.NONE);
            assertThat(gate.home.received()).doesNotContain(HASH);
        }
    }

    /// Attack: the header without the proxy. One form by itself: two together are worth nothing
    /// from anybody.
    @Test
    void nobodyElseDoes() throws IOException {
        try (TestGate gate = gateThatListens("127.0.0.2", CertificateForm.XFCC)) {
            assertThat(seen(gate, HEADER)).isEqualTo(ClientCertificate.NONE);
            assertThat(gate.home.received()).contains("/api/states").doesNotContain(HASH);
        }
    }

    @Test
    void inTheFormOfNginxItIsTheSame(@TempDir Path directory) throws IOException {
        String[] headers = ofNginx(HouseholdAuthority.make(directory).file());
        try (TestGate gate = gateThatListens("127.0.0.1", CertificateForm.NGINX)) {
            assertThat(seen(gate, headers)).isInstanceOf(ClientCertificate.Verified.class);
        }
        try (TestGate gate = gateThatListens("127.0.0.2", CertificateForm.NGINX)) {
            assertThat(seen(gate, headers)).isEqualTo(ClientCertificate.NONE);
            assertThat(gate.home.received())
                    .contains("/api/states")
                    .doesNotContainIgnoringCase("x-ssl-client");
        }
    }

    /// Attack: a client without a certificate sends the headers of a form that its proxy does not
    /// write, and so does not replace, with the public certificate of the tablet.
    @Test
    void aClientDoesNotSpeakInTheFormThatItsProxyDoesNotWrite(@TempDir Path directory)
            throws IOException {
        String[] ofNginx = ofNginx(HouseholdAuthority.make(directory).file());
        try (TestGate gate = gateThatListens("127.0.0.1", CertificateForm.XFCC)) {
            assertThat(seen(gate, ofNginx)).isEqualTo(ClientCertificate.NONE);
        }
        try (TestGate gate = gateThatListens("127.0.0.1", CertificateForm.NGINX)) {
            assertThat(seen(gate, HEADER)).isEqualTo(ClientCertificate.NONE);
        }
    }

    /// What no proxy writes is nobody's word. An underscore is no hyphen.
    @ParameterizedTest
    @ValueSource(strings = {"Client-Cert: :" + HASH + ":", "X_Forwarded_Client_Cert: Hash=" + HASH})
    void otherHeadersNameNoCertificate(String header) throws IOException {
        try (TestGate gate = gateThatListens("127.0.0.1", CertificateForm.XFCC)) {
            assertThat(seen(gate, header)).isEqualTo(ClientCertificate.NONE);
            assertThat(gate.home.received()).contains("/api/states").doesNotContain(HASH);
        }
    }
}
