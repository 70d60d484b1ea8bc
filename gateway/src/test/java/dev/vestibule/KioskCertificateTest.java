package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.config.ClientCertificatesConfig;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.ListenConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.TlsConfig;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.HouseholdAuthority;
import dev.vestibule.testhouse.home.HouseholdAuthority.Signed;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;

/// A wall tablet that must show its certificate in every request, before a gateway that ends TLS
/// itself. Whoever is not the tablet sits at its address here: only the certificate keeps them out.
final class KioskCertificateTest {

    private static final String ITS_PLACE = "127.0.0.7";

    @TempDir static Path keys;
    private static HouseholdAuthority authority;
    private static HouseholdAuthority devices;
    private static Signed own;
    private static Signed tablets;
    private static Signed neighbours;

    private final TestHouse house = newHouse();
    private final VisitorBrowser tablet = newTablet();

    /// Who is not the tablet.
    enum Thief {
        WITHOUT_A_CERTIFICATE {
            @Override
            SSLContext shows() {
                return authority.client();
            }
        },
        WITH_ANOTHER_OF_THE_HOUSE {
            @Override
            SSLContext shows() {
                return KioskCertificateTest.shows(neighbours);
            }
        };

        abstract SSLContext shows();
    }

    @BeforeAll
    static void makeTheCertificates() throws IOException {
        authority = HouseholdAuthority.make(Files.createDirectory(keys.resolve("servers")));
        devices = HouseholdAuthority.make(Files.createDirectory(keys.resolve("devices")));
        own = authority.sign("house", "-validity 2 -ext san=dns:localhost");
        tablets = devices.sign("tablet", "-validity 2");
        neighbours = devices.sign("neighbour", "-validity 2");
    }

    private static TestHouse newHouse() {
        int port = LoopbackPort.free();
        TlsConfig tls =
                new TlsConfig(
                        List.of(own.chain()),
                        List.of(own.key()),
                        Duration.ZERO,
                        new ClientCertificatesConfig(List.of(devices.file())));
        return TestHouse.at(
                new Origin("https", "localhost", port),
                new ListenConfig("127.0.0.1", port, tls),
                Defaults.NETWORK,
                Tablets.showing("hallway", ITS_PLACE, fingerprint(tablets)));
    }

    private static VisitorBrowser newTablet() {
        return browser(shows(tablets));
    }

    private static String fingerprint(Signed signed) {
        try (InputStream chain = Files.newInputStream(signed.chain())) {
            return ClientCertificate.Verified.of(
                            (X509Certificate)
                                    CertificateFactory.getInstance("X.509")
                                            .generateCertificate(chain))
                    .fingerprint();
        } catch (IOException | CertificateException problem) {
            throw new IllegalStateException("it was just made", problem);
        }
    }

    private static SSLContext shows(Signed signed) {
        return authority.clientWith(devices, signed);
    }

    private static VisitorBrowser browser(SSLContext context) {
        return new VisitorBrowser(InetAddress.ofLiteral(ITS_PLACE), context);
    }

    @AfterEach
    void close() {
        tablet.close();
        house.close();
    }

    private SignedIn comeIn() {
        return house.redeem(tablet, newCode());
    }

    private String newCode() {
        return GatewayHouse.codeIn(tablet.walk(house.authorizeAddress(), house.landing()));
    }

    private static ObjectNode command(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    @Test
    void withItsCertificateTheTabletComesStraightToItsDashboard() {
        SignedIn hallway = comeIn();

        try (VisitorSocket socket = house.openSocket(tablet)) {
            assertThat(socket.authenticate(hallway.accessToken())).isEqualTo("auth_ok");
            JsonNode user = socket.call(command("auth/current_user"));
            assertThat(user.path("name").asText()).isEqualTo("hallway");
        }
        assertThat(house.get(tablet, "/api/config", hallway.accessToken()).status()).isEqualTo(200);
        assertThat(house.refresh(tablet, hallway.refreshToken(), house.clientId()).status())
                .isEqualTo(200);
        assertThat(tablet.get(house.at("/local/plan.png")).status()).isNotIn(401, 403);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("F11: the tablet's address without its certificate is not the tablet")
    void theAddressAloneIsNotEnough(Thief who) {
        try (VisitorBrowser thief = browser(who.shows())) {
            assertThat(thief.get(house.authorizeAddress()).location())
                    .startsWith(house.provider().issuer().toString());
        }
        assertThat(house.gateway().accounts().list()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("F11: the tablet's cookie and code, copied, open nothing without its certificate")
    void aCopiedCookieOrCodeOpensNothing(Thief who) {
        comeIn();
        String code = newCode();
        house.homeAssistant().record().clear();
        try (VisitorBrowser thief = browser(who.shows())) {
            thief.carry("Cookie", tablet.cookies(house.at("/")));

            assertThat(thief.get(house.at("/local/plan.png")).status()).isEqualTo(403);
            assertThat(thief.get(house.authorizeAddress()).location())
                    .startsWith(house.provider().issuer().toString());
            assertThat(redeem(thief, code)).isEqualTo(403);
        }
        assertThat(house.homeAssistant().record().contains("plan.png")).isFalse();
    }

    private int redeem(VisitorBrowser browser, String code) {
        return browser.postForm(
                        house.at("/auth/token"),
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                house.clientId(),
                                "code",
                                code))
                .status();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("F11: the tablet's tokens, copied, open nothing without its certificate")
    void copiedTokensOpenNothing(Thief who) {
        SignedIn hallway = comeIn();
        house.homeAssistant().record().clear();
        try (VisitorBrowser thief = browser(who.shows())) {
            assertThat(house.get(thief, "/api/config", hallway.accessToken()).status())
                    .isEqualTo(403);
            assertThat(house.refresh(thief, hallway.refreshToken(), house.clientId()).status())
                    .isEqualTo(403);
            try (VisitorSocket socket = house.openSocket(thief)) {
                socket.show(hallway.accessToken());
                assertThat(socket.awaitClose()).isEqualTo(1008);
                // No auth_invalid: the tablet keeps its token.
                assertThatThrownBy(socket::receive).hasMessageContaining("1008");
            }
        }
        assertThat(house.homeAssistant().record().contains("/api/config")).isFalse();
        assertThat(house.get(tablet, "/api/config", hallway.accessToken()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("F11: over HTTP/2 it is the same")
    void overHttp2ItIsTheSame(Thief who) throws Exception {
        SignedIn hallway = comeIn();
        try (HttpClient itself = http2(shows(tablets));
                HttpClient thief = http2(who.shows())) {
            assertThat(askedForConfig(itself, hallway)).isEqualTo(200);
            assertThat(refreshed(itself, hallway)).isEqualTo(200);
            house.homeAssistant().record().clear();

            assertThat(askedForConfig(thief, hallway)).isEqualTo(403);
            assertThat(refreshed(thief, hallway)).isEqualTo(403);
        }
        assertThat(house.homeAssistant().record().contains("/api/config")).isFalse();
    }

    private static HttpClient http2(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .localAddress(InetAddress.ofLiteral(ITS_PLACE))
                .sslContext(context)
                .build();
    }

    private int askedForConfig(HttpClient client, SignedIn hallway) throws Exception {
        return status(
                client,
                HttpRequest.newBuilder(house.at("/api/config"))
                        .header("Authorization", "Bearer " + hallway.accessToken())
                        .build());
    }

    private int refreshed(HttpClient client, SignedIn hallway) throws Exception {
        return status(
                client,
                HttpRequest.newBuilder(house.at("/auth/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                BodyPublishers.ofString(
                                        "grant_type=refresh_token&client_id="
                                                + VisitorBrowser.encode(house.clientId())
                                                + "&refresh_token="
                                                + hallway.refreshToken()))
                        .build());
    }

    private static int status(HttpClient client, HttpRequest request) throws Exception {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return answer.statusCode();
    }
}
