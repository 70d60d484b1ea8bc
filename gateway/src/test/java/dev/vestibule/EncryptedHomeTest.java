package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.HomeCertificate;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A Home Assistant behind `https` with a certificate of the household's own, over every way that
/// the gateway goes to it: its own connection, the copy of the front end, the proxy, the websocket.
class EncryptedHomeTest {

    private static @TempDir @Nullable Path directory;
    private static @Nullable HomeCertificate certificate;
    private static @Nullable HomeCertificate ofAnotherName;

    @BeforeAll
    static void makeCertificates() throws java.io.IOException {
        Path root = Objects.requireNonNull(directory);
        certificate =
                HomeCertificate.make(Files.createDirectory(root.resolve("own")), "ip:127.0.0.1");
        ofAnotherName =
                HomeCertificate.make(Files.createDirectory(root.resolve("other")), "dns:home.lan");
    }

    @Test
    void everyWayToAHouseWithItsOwnCertificateIsOpen() {
        HomeCertificate own = Objects.requireNonNull(certificate);
        try (TestHouse house = house(own, List.of(own.file()));
                VisitorBrowser browser = new VisitorBrowser()) {
            SignedIn ben = house.signIn(browser, "ben");

            assertThat(house.get(browser, "/api/config", ben.accessToken()).status())
                    .isEqualTo(200);
            assertThat(browser.get(house.at("/")).body()).contains("Simulated Home Assistant");
            Answer large =
                    house.get(browser, "/api/backup/download/b1?size=3000000", ben.accessToken());
            assertThat(large.status()).isEqualTo(200);
            assertThat(large.body().length()).isGreaterThan(1_000_000);
            try (VisitorSocket socket = house.openSocket(browser)) {
                assertThat(socket.authenticate(ben.accessToken())).isEqualTo("auth_ok");
                assertThat(
                                socket.call(
                                                JsonNodeFactory.instance
                                                        .objectNode()
                                                        .put("type", "auth/current_user"))
                                        .path("name")
                                        .asText())
                        .isEqualTo("Ben");
            }
        }
    }

    @Test
    void aHouseWhoseCertificateNobodyTrustsIsToldNothing() {
        assertNothingIsTold(Objects.requireNonNull(certificate), List.of());
    }

    @Test
    void aHouseWithATrustedCertificateOfAnotherNameIsToldNothing() {
        HomeCertificate other = Objects.requireNonNull(ofAnotherName);
        assertNothingIsTold(other, List.of(other.file()));
    }

    private static void assertNothingIsTold(HomeCertificate shown, List<Path> trusted) {
        try (TestHouse house = house(shown, trusted);
                VisitorBrowser browser = new VisitorBrowser()) {
            String token = house.homeAssistant().longLivedToken(owner(house), "a script");

            assertThat(house.get(browser, "/api/config", token).status()).isEqualTo(503);
            assertThat(browser.get(house.at("/")).status()).isEqualTo(503);
            house.provider().signInAutomaticallyAs("ben");
            assertThat(browser.walk(house.authorizeAddress(), "nowhere").status()).isEqualTo(503);
            try (VisitorSocket socket = house.openSocket(browser)) {
                socket.show(token);
                assertThat(socket.awaitClose()).isEqualTo(1013);
            }

            assertThat(house.homeAssistant().record().byteCount()).isZero();
        }
    }

    private static String owner(TestHouse house) {
        return house.homeAssistant().userNamed("Owner").orElseThrow().id();
    }

    private static TestHouse house(HomeCertificate shown, List<Path> trusted) {
        HomeOptions options = HomeOptions.defaults().withPort(LoopbackPort.free());
        return new TestHouse(
                ScriptedHomeAssistant.start(options, shown), Plan.USUAL.trusting(trusted));
    }
}
