package dev.vestibule.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.network.ClientCertificate.Verified;
import dev.vestibule.network.ClientCertificateResolver.Claim;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// B1 and B2: a certificate in a header is believed of a listed proxy, and in one form only.
class ClientCertificateResolverTest {

    private static final String HASH = "ab".repeat(32);

    /// Of an example house, with the fingerprint that openssl tells.
    private static final String PEM =
            """
            -----BEGIN CERTIFICATE-----
            MIIBjTCCATOgAwIBAgIUR7LhBu91JHsw1Yl1Gx9fXr/D3MAwCgYIKoZIzj0EAwIw
            GzEZMBcGA1UEAwwQRXhhbXBsZSBob3VzZSBDQTAgFw0yNjExMjQwMjM4MDlaGA8y
            MTI2MTAzMTAyMzgwOVowGzEZMBcGA1UEAwwQRXhhbXBsZSBob3VzZSBDQTBZMBMG
            ByqGSM49AgEGCCqGSM49AwEHA0IABI5No7Nw628rgwZPlaMKk/Ru0Yp7eC1uYSiU
            WVCte8p0kJxRUrWlKud6ViJIbJmVrLDFAJKBp0NjP15ZSL2Pb+KjUzBRMB0GA1Ud
            DgQWBBS6XMEXglSjoKT7SAUhFc241c2gRjAfBgNVHSMEGDAWgBS6XMEXglSjoKT7
            SAUhFc241c2gRjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCZ
            +Kd/YmC5ycjRDq63tJ5tK6BSQsikKp7CazP4mGl/ZAIgVINnGki+NYFerPnNg3/G
            ylMa44CXZqsvFCQhUY1jQsE=
            -----END CERTIFICATE-----
            """;

    private static final String FINGERPRINT =
            "969900fb784eed4a575d1abcdfc8cd1db06bd3e46ca9ab1efc506ffd26f826bc";

    private static final InetAddress ENVOY = InetAddress.ofLiteral("172.18.0.2");
    private static final InetAddress NGINX = InetAddress.ofLiteral("172.18.0.3");

    private final ClientCertificateResolver resolver =
            new ClientCertificateResolver(
                    Map.of(ENVOY, CertificateForm.XFCC, NGINX, CertificateForm.NGINX));

    private ClientCertificate forwarded(String... lines) {
        return resolver.named(ENVOY, new Claim(List.of(lines), List.of(), List.of()));
    }

    /// As nginx escapes: everything but letters, digits and a few signs.
    private static String escaped() {
        return URLEncoder.encode(PEM, StandardCharsets.US_ASCII).replace("+", "%20");
    }

    @Test
    void onlyTheListedProxyIsAsked() {
        assertThat(resolver.isProxy(InetAddress.ofLiteral("172.18.0.2"))).isTrue();
        assertThat(resolver.isProxy(InetAddress.ofLiteral("::ffff:172.18.0.2"))).isTrue();
        assertThat(resolver.isProxy(InetAddress.ofLiteral("172.18.0.4"))).isFalse();
        assertThat(
                        new ClientCertificateResolver(Map.of())
                                .isProxy(InetAddress.ofLiteral("127.0.0.1")))
                .isFalse();
    }

    @Test
    void envoysHeaderIsRead() {
        assertThat(
                        forwarded(
                                "By=spiffe://a;Hash="
                                        + HASH
                                        + ";Subject=\"CN=Tablet\\\", in; the=hall,O=Us\";URI="))
                .isEqualTo(new Verified("CN=Tablet\", in; the=hall,O=Us", HASH));
        assertThat(forwarded("Hash=" + HASH)).isEqualTo(new Verified("", HASH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Hash=",
                "Subject=\"CN=tablet\"",
                "Hash=@,Hash=@",
                "Hash=@;Hash=@",
                "Hash=@;hash=@",
                "Hash=@;Subject=\"CN=tablet",
                "Hash=@;Subject=\"CN=a\"x;Hash=@",
                "Hash=@;",
                "Hash=@ ",
                "Hash=\"@",
                "Hash=@;Subject=\"a\",Hash=@",
                "Hash=@@",
                "@"
            })
    void whatCannotBeReadInOneWayIsNoCertificate(String line) {
        assertThat(forwarded(line.replace("@", HASH))).isEqualTo(ClientCertificate.NONE);
    }

    @Test
    void twoLinesAreNoCertificate() {
        assertThat(forwarded("Hash=" + HASH, "Hash=" + HASH)).isEqualTo(ClientCertificate.NONE);
    }

    @Test
    void nginxsHeadersAreRead() {
        assertThat(
                        resolver.named(
                                NGINX,
                                new Claim(List.of(), List.of("SUCCESS"), List.of(escaped()))))
                .isEqualTo(new Verified("CN=Example house CA", FINGERPRINT));
    }

    @Test
    void whatNginxDidNotVerifyIsNoCertificate() {
        for (List<String> verify :
                List.of(
                        List.<String>of(),
                        List.of("NONE"),
                        List.of("FAILED:certificate has expired"),
                        List.of("success"),
                        List.of("SUCCESS", "SUCCESS"))) {
            assertThat(resolver.named(NGINX, new Claim(List.of(), verify, List.of(escaped()))))
                    .as(verify.toString())
                    .isEqualTo(ClientCertificate.NONE);
        }
    }

    @Test
    void aClaimThatIsBrokenOrInTwoFormsIsNoCertificate() {
        List<String> success = List.of("SUCCESS");
        for (Claim claim :
                List.of(
                        new Claim(List.of(), success, List.of()),
                        new Claim(List.of(), success, List.of(escaped(), escaped())),
                        new Claim(List.of(), success, List.of("%zz")),
                        new Claim(List.of(), success, List.of("no certificate")),
                        new Claim(List.of(), success, List.of("a".repeat(20_000))),
                        new Claim(List.of("Hash=" + HASH), success, List.of(escaped())),
                        new Claim(List.of("Hash=" + HASH), List.of("NONE"), List.of()))) {
            assertThat(resolver.named(NGINX, claim)).isEqualTo(ClientCertificate.NONE);
            assertThat(resolver.named(ENVOY, claim)).isEqualTo(ClientCertificate.NONE);
        }
    }

    /// Attack: HAProxy and Envoy replace `X-Forwarded-Client-Cert` only, nginx the other two only.
    @Test
    void theOtherFormIsTheClientsOwnWordAndIsNoCertificate() {
        Claim ofNginx = new Claim(List.of(), List.of("SUCCESS"), List.of(escaped()));
        Claim ofEnvoy = new Claim(List.of("Hash=" + HASH), List.of(), List.of());

        assertThat(resolver.named(ENVOY, ofNginx)).isEqualTo(ClientCertificate.NONE);
        assertThat(resolver.named(NGINX, ofEnvoy)).isEqualTo(ClientCertificate.NONE);
    }
}
