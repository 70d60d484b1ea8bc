package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.Tokens;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/// What is open while the operator takes the gateway away ends, and nobody is told that a token is
/// dead which lives on.
class LeavingConnectionsTest {

    private static final String PHONE = "https://home-assistant.io/android";

    /// What clients take for "come back later".
    private static final int TRY_AGAIN_LATER = 1013;

    private static final int POLICY_VIOLATION = 1008;

    private final TestHouse house = new TestHouse();
    private final LeavingHouse leaving = new LeavingHouse(house);
    private final VisitorBrowser browser = new VisitorBrowser();
    private final VisitorBrowser phone = new VisitorBrowser();
    private String adopted = "";
    private String script = "";

    @BeforeEach
    void carolWasThereBefore() {
        HomeUser carol =
                house.homeAssistant().addUser("Carol", "carol", "a password", "system-admin");
        Tokens ofBefore = house.homeAssistant().signInDirectly("carol", "a password", PHONE);
        script = house.homeAssistant().longLivedToken(carol.id(), "a script");
        adopted =
                GatewayHouse.json(house.refresh(phone, ofBefore.refreshToken(), PHONE))
                        .path("access_token")
                        .asText();
        house.signIn(browser, "ada");
    }

    @AfterEach
    void close() {
        browser.close();
        phone.close();
        leaving.close();
    }

    @Test
    void socketsOfTokensThatLiveOnAreToldToComeBackLater() {
        String ofAda = house.signIn(browser, "ada").accessToken();
        try (VisitorSocket app = house.openSocket(phone);
                VisitorSocket program = house.openSocket(phone);
                VisitorSocket page = house.openSocket(browser)) {
            assertThat(app.authenticate(adopted)).isEqualTo("auth_ok");
            assertThat(program.authenticate(script)).isEqualTo("auth_ok");
            assertThat(page.authenticate(ofAda)).isEqualTo("auth_ok");

            leaving.leaveDone();

            assertThat(app.awaitClose()).isEqualTo(TRY_AGAIN_LATER);
            assertThat(program.awaitClose()).isEqualTo(TRY_AGAIN_LATER);
            assertThat(page.awaitClose()).isEqualTo(POLICY_VIOLATION);
            assertThat(leaving.apiAtHomeAssistant(adopted)).isEqualTo(200);
            assertThat(leaving.apiAtHomeAssistant(script)).isEqualTo(200);
        }
    }

    /// The door was passed before it was shut; the token comes afterwards.
    @Test
    void aSocketThatWasOpenedBeforeIsNotLetThroughAfterwards() {
        try (VisitorSocket late = house.openSocket(phone)) {
            leaving.leaveDone();

            late.show(adopted);

            late.awaitClose();
            assertThat(house.homeAssistant().openSocketsOf(leaving.user("Carol").id())).isZero();
        }
    }

    @Test
    void aPictureThatIsWatchedByItsAddressAloneEnds() throws IOException {
        HttpRequest watching =
                HttpRequest.newBuilder(house.at(house.homeAssistant().media().cameraStreamPath()))
                        .build();
        HttpResponse<InputStream> watched =
                phone.http().sendAsync(watching, BodyHandlers.ofInputStream()).join();
        assertThat(watched.statusCode()).isEqualTo(200);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        try (InputStream film = watched.body()) {
            Thread.ofVirtual().start(() -> readOn(film, ended));

            leaving.leaveDone();

            await(ended::isDone);
        }
    }

    private static void readOn(InputStream film, CompletableFuture<Void> ended) {
        try {
            while (film.read() >= 0) {
                // On it goes.
            }
        } catch (IOException cut) {
            // As good as an end.
        }
        ended.complete(null);
    }
}
