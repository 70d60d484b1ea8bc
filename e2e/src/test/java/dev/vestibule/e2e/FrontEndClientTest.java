package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.TestHouse;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Home Assistant's own JavaScript client through the gateway.
class FrontEndClientTest {

    private static final String LIGHT = "light.living_room";

    /// In milliseconds since 1970. The client asks no server before it believes them.
    private static final long LONG_EXPIRED = 1;

    private static final long NOT_EXPIRED = 4_000_000_000_000L;

    @AutoClose private final TestHouse house = new TestHouse();
    @AutoClose private final VisitorBrowser browser = new VisitorBrowser();
    @AutoClose private final FrontEndClient client = new FrontEndClient(house);

    @Test
    void leavesForSignInAndComesBackWithItsOwnState() {
        JsonNode tokens = client.signIn(house, browser, "ada");

        assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(tokens.path("expires_in").asInt()).isEqualTo(1800);
        assertThat(client.connect()).isEqualTo("2024.1.0");
        assertThat(client.user().path("name").asText()).isEqualTo("Ada");
        assertThat(client.user().path("is_admin").asBoolean()).isTrue();
    }

    @Test
    void redeemsACodeThatItIsGiven() {
        house.provider().signInAutomaticallyAs("ben");
        String code = TestHouse.codeIn(browser.walk(house.authorizeAddress(), house.landing()));

        client.signInWithCode(house.clientId(), code);

        client.connect();
        assertThat(client.user().path("name").asText()).isEqualTo("Ben");
        assertThat(client.user().path("is_admin").asBoolean()).isFalse();
        assertThatThrownBy(() -> client.signInWithCode(house.clientId(), code))
                .as("the code a second time")
                .hasMessage(FrontEndClient.ERR_INVALID_AUTH);
    }

    @Test
    void switchesALightAndHearsOfIt() {
        client.signIn(house, browser, "ben");
        client.connect();
        assertThat(client.subscribeEntities()).contains(LIGHT, "light.kitchen");
        client.awaitState(LIGHT, "off");

        client.toggle(LIGHT);

        client.awaitState(LIGHT, "on");
        assertThat(house.homeAssistant().state(LIGHT)).isEqualTo("on");
        house.homeAssistant().setState(LIGHT, "off");
        client.awaitState(LIGHT, "off");
    }

    @Test
    void refreshesAnExpiredAccessTokenOnTheWayToItsConnection() {
        String refreshToken = client.signIn(house, browser, "ben").path("refresh_token").asText();
        client.load(house.clientId(), "expired", refreshToken, LONG_EXPIRED);

        client.connect();

        assertThat(client.user().path("name").asText()).isEqualTo("Ben");
        JsonNode refreshed = client.refresh();
        assertThat(refreshed.path("access_token").asText()).isNotEmpty().isNotEqualTo("expired");
        assertThat(refreshed.path("expires_in").asInt()).isEqualTo(1800);
    }

    @Test
    void revokingEndsTheConnectionAndEveryToken() {
        client.signIn(house, browser, "ben");
        client.connect();

        client.revoke();

        assertThat(client.awaitReconnectError()).isEqualTo(FrontEndClient.ERR_INVALID_AUTH);
        assertThatThrownBy(client::refresh).hasMessage(FrontEndClient.ERR_INVALID_AUTH);
        assertThatThrownBy(client::connect).hasMessage(FrontEndClient.ERR_INVALID_AUTH);
    }

    @Test
    void isToldWhenItsStoredTokensAreDead() {
        client.load(house.clientId(), "no token", "no refresh token", NOT_EXPIRED);

        assertThatThrownBy(client::connect).hasMessage(FrontEndClient.ERR_INVALID_AUTH);
        assertThatThrownBy(client::refresh).hasMessage(FrontEndClient.ERR_INVALID_AUTH);
    }

    @Test
    void isNotSentToSignInWhileHomeAssistantIsAwayAndComesBackByItself() {
        client.signIn(house, browser, "ben");
        client.connect();
        client.subscribeEntities();

        house.homeAssistant().stop();

        client.awaitDisconnected();
        assertThatThrownBy(client::refresh).hasMessageStartingWith("Error: Unable to fetch tokens");
        house.homeAssistant().startAgain();
        house.homeAssistant().setState(LIGHT, "on");
        client.awaitConnected();
        client.awaitState(LIGHT, "on");
        assertThat(client.refresh().path("access_token").asText()).isNotEmpty();
    }

    @Test
    void cannotConnectWhileHomeAssistantIsAwayAndKeepsItsTokens() {
        client.signIn(house, browser, "ben");
        house.homeAssistant().stop();

        assertThatThrownBy(client::connect).hasMessage(FrontEndClient.ERR_CANNOT_CONNECT);
    }
}
