package dev.vestibule.homeassistant;

import static dev.vestibule.homeassistant.ScriptedTie.CLIENT;
import static dev.vestibule.homeassistant.ScriptedTie.CLIENT_ID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.homeassistant.RefreshResult.AccessToken;
import dev.vestibule.homeassistant.RefreshResult.InvalidGrant;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.CastTokens;
import dev.vestibule.testhouse.home.HomeOptions;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class HomeAssistantTokensTest {

    private final ScriptedTie house =
            new ScriptedTie(
                            HomeOptions.defaults().withForwardedHeadersTrusted(true),
                            TestLimits.IMPATIENT)
                    .connected();
    private final String anna = house.home.addUser("Anna", "anna", "pw", "system-users").id();
    private final HomeAssistantTokens tokens = house.tie.tokens();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aCodeBecomesTokensOnce() {
        AuthorizationCode code = house.code("anna", "pw");

        assertThat(redeem(code).expiresIn()).isEqualTo(Duration.ofMinutes(30));
        assertThat(tokens.redeem(code, CLIENT_ID, CLIENT))
                .isEqualTo(new RedeemResult.Refused(400, "invalid_request"));
    }

    @Test
    void aCodeIsWorthNothingToAnotherClient() {
        assertThat(tokens.redeem(house.code("anna", "pw"), "https://other.example/", CLIENT))
                .isEqualTo(new RedeemResult.Refused(400, "invalid_request"));
    }

    @Test
    void aCodeOfSomebodyWhoWasSwitchedOffMeanwhileIsRefused() {
        AuthorizationCode code = house.code("anna", "pw");
        house.home.setActive(anna, false);

        assertThat(tokens.redeem(code, CLIENT_ID, CLIENT))
                .isEqualTo(new RedeemResult.Refused(403, "access_denied"));
    }

    @Test
    void aRefreshTokenGivesAccessTokensUntilItIsRevoked() {
        Secret refreshToken = redeem(house.code("anna", "pw")).refreshToken();
        assertThat(tokens.refresh(refreshToken, CLIENT_ID, CLIENT)).isInstanceOf(AccessToken.class);
        assertThat(tokens.refresh(refreshToken, CLIENT_ID, CLIENT)).isInstanceOf(AccessToken.class);

        tokens.revoke(refreshToken);

        assertThat(tokens.refresh(refreshToken, CLIENT_ID, CLIENT)).isEqualTo(new InvalidGrant());
        assertThat(house.home.refreshTokenIds(anna)).isEmpty();
    }

    @Test
    void revokingWhatNobodyKnowsEndsNothing() {
        redeem(house.code("anna", "pw"));

        tokens.revoke(new Secret("unknown"));

        assertThat(house.home.refreshTokenIds(anna)).hasSize(1);
    }

    @Test
    void aRefreshTokenBelongsToItsClient() {
        Secret refreshToken = redeem(house.code("anna", "pw")).refreshToken();

        assertThat(tokens.refresh(refreshToken, "https://other.example/", CLIENT))
                .isEqualTo(new RefreshResult.Refused(400, "invalid_request"));
    }

    @Test
    void aTokenOfASystemUserIsRefreshedWithoutAClient() {
        CastTokens cast = house.home.castToken();

        assertThat(tokens.refreshWithoutClient(new Secret(cast.refreshToken()), CLIENT))
                .isInstanceOf(AccessToken.class);
        assertThat(tokens.refresh(new Secret(cast.refreshToken()), CLIENT_ID, CLIENT))
                .isEqualTo(new RefreshResult.Refused(400, "invalid_request"));
    }

    @Test
    void anOldReleaseKeepsTheTokenOfSomebodyInactiveAndRefusesIt() {
        Secret refreshToken = redeem(house.code("anna", "pw")).refreshToken();
        house.home.setActive(anna, false);

        assertThat(tokens.refresh(refreshToken, CLIENT_ID, CLIENT))
                .isEqualTo(new RefreshResult.Refused(403, "access_denied"));
    }

    @Test
    void homeAssistantJudgesByThePersonsOwnAddress() {
        Secret refreshToken = redeem(house.code("anna", "pw")).refreshToken();
        house.home.setLocalOnly(anna, true);

        assertThat(tokens.refresh(refreshToken, CLIENT_ID, CLIENT))
                .isEqualTo(new RefreshResult.Refused(403, "access_denied"));
        assertThat(
                        tokens.refresh(
                                refreshToken,
                                CLIENT_ID,
                                java.net.InetAddress.ofLiteral("192.168.1.7")))
                .isInstanceOf(AccessToken.class);
    }

    @Test
    void anyFaultIsAnOutageAndNeverTheEndOfAGrant() {
        Secret refreshToken = redeem(house.code("anna", "pw")).refreshToken();

        for (int status : new int[] {400, 403, 404, 500, 502, 503}) {
            house.home.faults().answer("/auth/", status);
            assertOutage(() -> tokens.refresh(refreshToken, CLIENT_ID, CLIENT));
            assertOutage(() -> tokens.revoke(refreshToken));
            house.home.faults().clear();
        }
        house.home.faults().cutAfter("/auth/token");
        assertOutage(() -> tokens.refresh(refreshToken, CLIENT_ID, CLIENT));
        house.home.faults().clear();
        house.home.faults().hang("/auth/token");
        assertOutage(() -> tokens.refresh(refreshToken, CLIENT_ID, CLIENT));
        house.home.faults().clear();
        house.home.stop();
        assertOutage(() -> tokens.refresh(refreshToken, CLIENT_ID, CLIENT));
        house.home.startAgain();

        assertThat(tokens.refresh(refreshToken, CLIENT_ID, CLIENT)).isInstanceOf(AccessToken.class);
    }

    private RedeemResult.Tokens redeem(AuthorizationCode code) {
        RedeemResult result = tokens.redeem(code, CLIENT_ID, CLIENT);
        assertThat(result).isInstanceOf(RedeemResult.Tokens.class);
        return (RedeemResult.Tokens) result;
    }

    private static void assertOutage(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(HomeAssistantUnavailable.class);
    }
}
