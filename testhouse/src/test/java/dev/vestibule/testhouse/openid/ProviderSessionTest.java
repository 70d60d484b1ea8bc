package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.testhouse.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class ProviderSessionTest {

    private static final URI GOODBYE = URI.create("http://127.0.0.1:9/goodbye");

    private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final House house = new House(ProviderOptions.defaults().withTime(clock));

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void theSecondSignInAsksNobodyAndKeepsSessionAndAuthTime() throws Exception {
        ObjectNode first = idTokenClaims();
        house.provider.choosePersonByPage();
        clock.advance(Duration.ofMinutes(3));

        ObjectNode second = idTokenClaims();

        assertThat(second.path("sid")).isEqualTo(first.path("sid"));
        assertThat(second.path("auth_time")).isEqualTo(first.path("auth_time"));
        assertThat(second.path("iat").asLong() - first.path("iat").asLong()).isEqualTo(180);
    }

    @Test
    void withoutSingleSignOnTheSecondSignInAsksAgain() throws Exception {
        try (House asking =
                new House(
                        ProviderOptions.defaults()
                                .without(ProviderOptions.Feature.SINGLE_SIGN_ON))) {
            asking.callback();
            asking.provider.choosePersonByPage();

            assertThat(asking.authorize(House.authorization()).body())
                    .contains("Choose who signs in");
        }
    }

    @Test
    void promptLoginAuthenticatesAgain() throws Exception {
        ObjectNode first = idTokenClaims();
        clock.advance(Duration.ofMinutes(3));

        ObjectNode second = idTokenClaims("prompt", "login");

        assertThat(second.path("auth_time").asLong() - first.path("auth_time").asLong())
                .isEqualTo(180);
        assertThat(second.path("sid")).isNotEqualTo(first.path("sid"));
    }

    @Test
    void promptNoneWorksOnlyWithASession() throws Exception {
        assertThat(house.callback("prompt", "none"))
                .containsEntry("error", List.of("login_required"));

        house.signIn();

        assertThat(house.callback("prompt", "none")).containsKey("code");
        assertThat(house.callback("prompt", "none login"))
                .containsEntry("error", List.of("invalid_request"));
    }

    @Test
    void aSessionOlderThanMaxAgeIsNotEnough() throws Exception {
        house.signIn();
        clock.advance(Duration.ofSeconds(61));

        assertThat(house.callback("prompt", "none", "max_age", "62")).containsKey("code");
        assertThat(house.callback("prompt", "none", "max_age", "61")).containsKey("error");
        assertThat(idTokenClaims("max_age", "61").path("auth_time").asLong())
                .isEqualTo(clock.instant().getEpochSecond());
    }

    @Test
    void theFirstAcrThatWasAskedForIsReached() throws Exception {
        assertThat(idTokenClaims("acr_values", "phr phrh").path("acr").asText()).isEqualTo("phr");
    }

    @Test
    void somebodySwitchedOffIsOutEverywhereAndCanBeLetInAgain() throws Exception {
        ObjectNode tokens = house.signIn();
        String waiting = house.code();

        house.provider.disable("ada");

        assertThat(house.callback()).containsEntry("error", List.of("access_denied"));
        assertThat(house.callback("prompt", "none")).containsKey("error");
        assertThat(house.token(House.redemption(waiting)).statusCode()).isEqualTo(400);
        assertThat(house.refresh(tokens.path("refresh_token").asText()).statusCode())
                .isEqualTo(400);
        assertThat(house.userInfo(tokens.path("access_token").asText()).statusCode())
                .isEqualTo(401);
        assertThat(house.provider.sessionIds("ada")).isEmpty();

        house.provider.enable("ada");

        assertThat(house.callback()).containsKey("code");
    }

    @Test
    void newGroupsAreInTheNextTokens() throws Exception {
        String refreshToken = house.signIn().path("refresh_token").asText();

        house.provider.setGroups("ada", List.of("guests"));

        assertThat(idTokenClaims().path("groups").toString()).isEqualTo("[\"guests\"]");
        ObjectNode refreshed = Json.parseObject(house.refresh(refreshToken).body());
        assertThat(House.claims(refreshed.path("id_token").asText()).path("groups").toString())
                .isEqualTo("[\"guests\"]");
    }

    @Test
    void endingTheSessionComesBackWithState() throws Exception {
        String idToken = signInWithGoodbye();

        var answer = endSession(idToken);

        assertThat(House.location(answer)).isEqualTo(GOODBYE + "?state=bye");
        assertThat(house.callback("prompt", "none")).containsKey("error");
    }

    @Test
    void aStrangeAddressAfterTheSessionIsNeverVisited() throws Exception {
        String idToken = house.signIn().path("id_token").asText();

        var answer = endSession(idToken);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void anIdTokenOfSomebodyElseIsNoHint() throws Exception {
        signInWithGoodbye();
        house.provider.lie(SignatureLie.KID_OF_OTHER_KEY);
        String forged = house.signIn().path("id_token").asText();

        assertThat(endSession(forged).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    void eachLieIsToldAtTheEndOfASession(EndSessionLie lie) throws Exception {
        String idToken = signInWithGoodbye();
        house.provider.lie(lie);

        var answer = endSession(idToken);

        switch (lie) {
            case OTHER_STATE ->
                    assertThat(House.location(answer))
                            .startsWith(GOODBYE + "?state=")
                            .doesNotEndWith("=bye");
            case NO_STATE -> assertThat(House.location(answer)).isEqualTo(GOODBYE.toString());
            case NO_REDIRECT -> {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Location")).isEmpty();
            }
        }
    }

    private String signInWithGoodbye() throws Exception {
        house.provider.register(
                RegisteredClient.secretBasic(House.CLIENT_ID, House.SECRET, House.CALLBACK)
                        .withPostLogoutRedirectUri(GOODBYE));
        return house.signIn().path("id_token").asText();
    }

    private HttpResponse<String> endSession(String idToken) throws Exception {
        return house.browser.post(
                house.provider.uri(Endpoint.END_SESSION),
                Map.of(
                        "id_token_hint",
                        idToken,
                        "post_logout_redirect_uri",
                        GOODBYE.toString(),
                        "state",
                        "bye"));
    }

    private ObjectNode idTokenClaims(String... changes) throws Exception {
        return House.claims(house.signIn(changes).path("id_token").asText());
    }
}
