package dev.vestibule;

import static dev.vestibule.LocalLogins.AT_HOME;
import static dev.vestibule.LocalLogins.AWAY;
import static dev.vestibule.LocalLogins.NETWORK;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.HouseBrowser.Answer;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.testhouse.home.HomeUser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// Authorization codes of somebody who may come in from home only, shown by a client elsewhere. The
/// codes hold the tokens already that the person's password gave, so that Home Assistant is not
/// asked about them again.
class CodesElsewhereTest {

    private final TestHouse house =
            new TestHouse(
                    Plan.USUAL.changed(
                            SignInChange.of(LocalLogins.localLogin(LocalLogin.ON), NETWORK)));
    private final HomeUser greta =
            house.homeAssistant().addUser("Greta", "greta", "correct horse", "system-users");

    @AfterEach
    void close() {
        house.close();
    }

    private String codeFor(HouseBrowser browser) {
        Answer page = browser.follow(browser.get(house.authorizeAddress()));
        Answer back =
                browser.post(
                        "/auth/vestibule/local",
                        Map.of(
                                "choice", page.hidden("choice"),
                                "username", "greta",
                                "password", "correct horse"));
        assertThat(back.location()).as(back.body()).contains("code=");
        return back.location().replaceAll(".*[?&]code=([^&]+).*", "$1");
    }

    private Answer redeem(HouseBrowser client, String code) {
        return client.post(
                "/auth/token",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        house.clientId(),
                        "code",
                        code));
    }

    @Test
    void aCodeThatIsShownElsewhereIsUsedUpAndWhatIsInItEnds() {
        house.homeAssistant().setLocalOnly(greta.id(), true);
        try (HouseBrowser atHome = new HouseBrowser(house, AT_HOME);
                HouseBrowser away = new HouseBrowser(house, AWAY)) {
            String code = codeFor(atHome);
            assertThat(house.homeAssistant().refreshTokenIds(greta.id())).isNotEmpty();

            Answer refused = redeem(away, code);

            assertThat(refused.status()).as(refused.body()).isEqualTo(403);
            assertThat(refused.body()).contains("access_denied").doesNotContain("access_token");
            assertThat(redeem(atHome, code).status()).isEqualTo(400);
            Eventually.await(() -> house.homeAssistant().refreshTokenIds(greta.id()).isEmpty());
        }
    }

    /// Nobody knows yet who may be where, and the person is not to pay for that.
    @Test
    void aCodeWaitsUntilItCanBeSaidWhoMayBeWhere() {
        try (HouseBrowser atHome = new HouseBrowser(house, AT_HOME);
                HouseBrowser away = new HouseBrowser(house, AWAY)) {
            String code = codeFor(atHome);
            house.homeAssistant().faults().failCommand("config/auth/list", "unknown_error");
            house.restartGatewayWithoutWaiting();

            assertThat(redeem(away, code).status()).isEqualTo(503);

            house.homeAssistant().faults().clear();
            Eventually.await(() -> redeem(away, code).status() == 200);
        }
    }
}
