package dev.vestibule.homeassistant;

import static dev.vestibule.homeassistant.ScriptedTie.CLIENT_ID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;

import dev.vestibule.homeassistant.OwnTokenRequests.Answer;
import dev.vestibule.homeassistant.OwnTokenRequests.Outcome;
import dev.vestibule.homeassistant.PersonalTokens.Ending;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class OwnTokenRequestsTest {

    private final ScriptedTie house = new ScriptedTie(HomeOptions.defaults(), TestLimits.IMPATIENT);
    private final String anna = house.home.addUser("Anna", "anna", "pw", "system-users").id();
    private final Secret access = signIn();

    @AfterEach
    void close() {
        house.close();
    }

    private Secret signIn() {
        return new Secret(house.home.signInDirectly("anna", "pw", CLIENT_ID).accessToken());
    }

    private OwnTokenRequests requests() {
        return house.tie.ownTokenRequests();
    }

    private static Map<String, JsonNode> named(String name, int days) {
        return Map.of("client_name", TextNode.valueOf(name), "lifespan", IntNode.valueOf(days));
    }

    private static String idOf(Secret token) {
        return AccessTokenClaims.issuerOf(token.reveal()).orElseThrow();
    }

    private Secret made(String name) {
        return ((Outcome.Made) requests().make(access, named(name, 365))).token();
    }

    private static Map<String, JsonNode> id(String tokenId) {
        return Map.of("refresh_token_id", TextNode.valueOf(tokenId));
    }

    private List<String> tokens() {
        return house.home.refreshTokenIds(anna);
    }

    @Test
    void makesATokenThatLivesAsLongAsWasAsked() {
        AccessTokenClaims claims = AccessTokenClaims.read(made("gps").reveal()).orElseThrow();

        assertThat(tokens()).contains(claims.issuer());
        assertThat(claims.expiresAt().getEpochSecond() - claims.issuedAt().getEpochSecond())
                .isEqualTo(365L * 24 * 60 * 60);
    }

    @Test
    void saysWhatHomeAssistantSaysToASecondTokenOfTheSameName() {
        made("gps");

        assertThat(requests().make(access, named("gps", 1)))
                .isEqualTo(
                        new Outcome.Refused(new Answer.Failure("unknown_error", "Unknown error")));
    }

    @Test
    void saysWhatHomeAssistantSaysToAMalformedRequest() {
        assertThat(requests().make(access, Map.of("client_name", TextNode.valueOf("gps"))))
                .isEqualTo(
                        new Outcome.Refused(
                                new Answer.Failure(
                                        "invalid_format",
                                        "required key not provided @ data['lifespan']. Got"
                                                + " None")));
        assertThat(
                        requests()
                                .make(
                                        access,
                                        Map.of(
                                                "client_name",
                                                TextNode.valueOf("gps"),
                                                "lifespan",
                                                LongNode.valueOf(Long.MAX_VALUE))))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(tokens()).hasSize(1);
    }

    @Test
    void endsOneTokenOfTheUser() {
        String gps = idOf(made("gps"));

        assertThat(requests().end(access, id(gps)))
                .isInstanceOfSatisfying(
                        Outcome.Ended.class,
                        ended -> assertThat(ended.tokenIds()).containsExactly(gps));
        assertThat(tokens()).doesNotContain(gps);
    }

    @Test
    void countsATokenThatIsNotTheUsersAsEndedAndSaysSo() {
        assertThat(requests().end(access, id("nonesuch")))
                .isInstanceOfSatisfying(
                        Outcome.Ended.class,
                        ended ->
                                assertThat(ended.answer())
                                        .isEqualTo(
                                                new Answer.Failure(
                                                        "invalid_token_id",
                                                        "Received invalid token")));
        String owners = AccessTokenClaims.issuerOf(house.home.administratorToken()).orElseThrow();
        assertThat(requests().end(access, id(owners))).isInstanceOf(Outcome.Ended.class);
        assertThat(
                        house.tie
                                .tokenProbe()
                                .ask(
                                        new Secret(house.home.administratorToken()),
                                        ScriptedTie.CLIENT))
                .isInstanceOf(TokenProbeResult.Alive.class);
    }

    @Test
    void learnsThatTheAskingTokenHasEndedItself() {
        String own = idOf(access);

        assertThat(requests().end(access, id(own)))
                .isInstanceOfSatisfying(
                        Outcome.Ended.class,
                        ended -> assertThat(ended.tokenIds()).containsExactly(own));
        assertThat(tokens()).isEmpty();
    }

    @Test
    void endsAllThatIsMeantAndTellsWhich() {
        String gps = idOf(made("gps"));
        String phone = idOf(signIn());

        Outcome outcome =
                requests()
                        .endAll(
                                access,
                                Map.of(
                                        "token_type",
                                        TextNode.valueOf("normal"),
                                        "delete_current_token",
                                        BooleanNode.FALSE));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Ended.class,
                        ended -> assertThat(ended.tokenIds()).containsExactly(phone));
        assertThat(tokens()).containsExactlyInAnyOrder(gps, idOf(access));
        assertThat(requests().endAll(access, Map.of()))
                .isInstanceOfSatisfying(
                        Outcome.Ended.class,
                        ended ->
                                assertThat(ended.tokenIds())
                                        .containsExactlyInAnyOrder(gps, idOf(access)));
    }

    @Test
    void asksNothingWithADeadToken() {
        requests().end(access, id(idOf(access)));

        assertThat(requests().make(access, named("gps", 1))).isEqualTo(new Outcome.NotAllowed());
        assertThat(house.tie.personalTokens().end(access, "any"))
                .isEqualTo(new Ending.NotAllowed());
    }

    @Test
    void isNoWiserWhereTheAnswerIsLost() {
        house.home.faults().cutAfterCommand("auth/long_lived_access_token");
        assertThatThrownBy(() -> made("gps")).isInstanceOf(HomeAssistantUnavailable.class);

        String gps = tokens().getLast();
        house.home.faults().cutAfterCommand("auth/delete_refresh_token");
        assertThatThrownBy(() -> requests().end(access, id(gps)))
                .isInstanceOf(HomeAssistantUnavailable.class);
    }

    @Test
    void endsOneTokenBecauseTheGatewayWantsItAndMindsNoneThatIsGone() {
        String gps = idOf(made("gps"));

        assertThat(house.tie.personalTokens().end(access, gps)).isEqualTo(new Ending.Ended());
        assertThat(house.tie.personalTokens().end(access, gps)).isEqualTo(new Ending.Ended());
        assertThat(tokens()).doesNotContain(gps);
    }
}
