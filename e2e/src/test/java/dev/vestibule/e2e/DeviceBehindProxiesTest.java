package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.Tablets;
import dev.vestibule.TestHouse;
import dev.vestibule.config.ClientCertificateProxyConfig;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.e2e.ReverseProxy.Kind;
import dev.vestibule.e2e.ReverseProxy.Places;
import dev.vestibule.guides.GuidePage;
import dev.vestibule.network.CertificateForm;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.HouseholdAuthority;
import dev.vestibule.testhouse.home.HouseholdAuthority.Signed;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLContext;

/// A wall tablet that must show its certificate, behind the real proxies that verify it: the lines
/// of `docs/tls.md` within those of each proxy's guide.
final class DeviceBehindProxiesTest {

    private static final String ITS_PLACE = "127.0.0.2";

    @TempDir static Path keys;
    private static HouseholdAuthority authority;
    private static HouseholdAuthority devices;
    private static Signed certificate;
    private static Signed tablet;
    private static X509Certificate shown;

    @TempDir Path directory;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @BeforeAll
    static void makeTheCertificates() throws IOException, CertificateException {
        authority = HouseholdAuthority.make(Files.createDirectory(keys.resolve("servers")));
        devices = HouseholdAuthority.make(Files.createDirectory(keys.resolve("devices")));
        certificate = authority.sign("proxy", "-validity 2 -ext san=dns:localhost");
        tablet = devices.sign("tablet", "-validity 2");
        try (InputStream chain = Files.newInputStream(tablet.chain())) {
            shown =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(chain);
        }
    }

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private static String fingerprint() {
        return ClientCertificate.Verified.of(shown).fingerprint();
    }

    /// @param lines changes the lines about devices of `docs/tls.md`
    private TestHouse houseBehind(Kind kind, UnaryOperator<String> lines) throws IOException {
        Places places = new Places(LoopbackPort.free(), LoopbackPort.free(), certificate);
        InetAddress proxy = InetAddress.ofLiteral("127.0.0.1");
        TestHouse house =
                TestHouse.behind(
                        new Origin("https", "localhost", places.port()),
                        places.gateway(),
                        new NetworkConfig(
                                List.of(Cidr.around(proxy, 32)),
                                List.of(),
                                List.of(new ClientCertificateProxyConfig(proxy, form(kind)))),
                        Tablets.showing("hallway", ITS_PLACE, fingerprint()));
        open.push(house);
        open.push(
                ReverseProxy.start(
                        kind,
                        places,
                        Files.createDirectory(directory.resolve("proxy")),
                        block -> withDevices(kind, block, lines)));
        return house;
    }

    private static CertificateForm form(Kind kind) {
        return switch (kind) {
            case NGINX -> CertificateForm.NGINX;
            case HAPROXY -> CertificateForm.XFCC;
            case CADDY -> throw new AssertionError("it names no certificates");
        };
    }

    private static String withDevices(Kind kind, String guide, UnaryOperator<String> lines) {
        GuidePage page = GuidePage.read("tls.md");
        String ca = devices.file().toString();
        return switch (kind) {
            case NGINX ->
                    insert(
                            insert(
                                    guide,
                                    "    ssl_certificate_key ",
                                    Kind.replaced(
                                            page.block("nginx", "device-server"),
                                            "/etc/nginx/devices-ca.pem",
                                            ca)),
                            "        proxy_set_header Forwarded ",
                            lines.apply(page.block("nginx", "device-location")));
            case HAPROXY ->
                    insert(
                            Kind.replaced(
                                    guide,
                                    " alpn h2,http/1.1",
                                    " alpn h2,http/1.1 ca-file " + ca + " verify optional"),
                            "    default_backend ",
                            lines.apply(page.block("haproxy", "device-frontend")));
            case CADDY -> throw new AssertionError("it names no certificates");
        };
    }

    /// @param before how the line begins before which the others come
    private static String insert(String block, String before, String lines) {
        return Kind.replaced(block, before, lines + before);
    }

    /// As long as the other form is deleted by nobody, only its name at the gateway is in the way.
    private static String withoutDeletions(String lines) {
        return String.join(
                        "\n",
                        lines.lines()
                                .filter(line -> !line.contains("del-header X-SSL"))
                                .filter(line -> !line.contains("\"\""))
                                .toList())
                + "\n";
    }

    private VisitorBrowser browser(SSLContext context) {
        VisitorBrowser browser = new VisitorBrowser(InetAddress.ofLiteral(ITS_PLACE), context);
        open.push(browser);
        return browser;
    }

    private VisitorBrowser itself() {
        return browser(authority.clientWith(devices, tablet));
    }

    private static SignedIn comeIn(TestHouse house, VisitorBrowser browser) {
        return house.redeem(
                browser,
                GatewayHouse.codeIn(browser.walk(house.authorizeAddress(), house.landing())));
    }

    /// What both forms look like in the hands of somebody who has the certificate and not its key.
    private static List<String[]> forgeries() throws CertificateException {
        String pem =
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(shown.getEncoded())
                        + "\n-----END CERTIFICATE-----\n";
        String escaped = URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20");
        String forwarded = "Hash=" + fingerprint();
        return List.of(
                new String[] {"X-SSL-Client-Verify", "SUCCESS", "X-SSL-Client-Cert", escaped},
                new String[] {"X-Forwarded-Client-Cert", forwarded},
                new String[] {
                    "X-Forwarded-Client-Cert",
                    forwarded,
                    "X-SSL-Client-Verify",
                    "SUCCESS",
                    "X-SSL-Client-Cert",
                    escaped
                },
                new String[0]);
    }

    private void expectNobody(TestHouse house, SignedIn hallway) throws CertificateException {
        house.homeAssistant().record().clear();
        for (String[] forged : forgeries()) {
            VisitorBrowser thief = browser(authority.client());
            thief.carry(forged);

            assertThat(thief.get(house.authorizeAddress()).location())
                    .as(String.join(" ", forged))
                    .startsWith(house.provider().issuer().toString());
            assertThat(house.get(thief, "/api/config", hallway.accessToken()).status())
                    .as(String.join(" ", forged))
                    .isEqualTo(403);
            assertThat(house.refresh(thief, hallway.refreshToken(), house.clientId()).status())
                    .isEqualTo(403);
        }
        assertThat(house.homeAssistant().record().contains("/api/config")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void aTabletThatShowsItsCertificateIsSignedIn(Kind kind) throws IOException {
        TestHouse house = houseBehind(kind, UnaryOperator.identity());
        VisitorBrowser itself = itself();

        SignedIn hallway = comeIn(house, itself);

        assertThat(house.get(itself, "/api/config", hallway.accessToken()).status()).isEqualTo(200);
        assertThat(house.refresh(itself, hallway.refreshToken(), house.clientId()).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void whoHasTheCertificateAndNotItsKeyIsNobody(Kind kind) throws Exception {
        TestHouse house = houseBehind(kind, UnaryOperator.identity());

        expectNobody(house, comeIn(house, itself()));
    }

    /// The gateway does not depend on it that the proxy deletes what it does not write.
    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void norWhereTheProxyPassesTheOtherFormOn(Kind kind) throws Exception {
        TestHouse house = houseBehind(kind, DeviceBehindProxiesTest::withoutDeletions);

        expectNobody(house, comeIn(house, itself()));
    }
}
