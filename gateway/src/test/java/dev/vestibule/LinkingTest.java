package dev.vestibule;

import static dev.vestibule.LocalLogins.AWAY;
import static dev.vestibule.LocalLogins.NETWORK;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.HouseBrowser.Answer;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.Linking;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// People who come by the provider and prove a login that they have in Home Assistant.
class LinkingTest {

    private static final String PATH = "/auth/vestibule/local/link";
    private static final String PASSWORD = "correct horse";

    private final TestHouse house =
            new TestHouse(Plan.USUAL.changed(SignInChange.of(offering(), NETWORK)));
    private final HouseBrowser browser = new HouseBrowser(house, AWAY);

    private static SignInConfig offering() {
        return new SignInConfig(
                LocalLogin.OFF,
                Linking.OFFER,
                false,
                Defaults.SIGN_IN.apps(),
                Defaults.BREAK_GLASS,
                List.of());
    }

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    private HomeUser greta() {
        return house.homeAssistant().addUser("Greta", "greta", PASSWORD, "system-users");
    }

    /// By the provider, up to where the gateway asks or leads on.
    private Answer comeBy(HouseBrowser by, String subject) {
        house.provider().signInAutomaticallyAs(subject);
        Answer answer = by.get(house.authorizeAddress());
        while (!answer.location().isEmpty() && !answer.location().startsWith(house.landing())) {
            answer = by.get(URI.create(answer.location()));
        }
        return answer;
    }

    private static Answer prove(HouseBrowser by, String choice, String username, String password) {
        return by.post(PATH, Map.of("choice", choice, "username", username, "password", password));
    }

    private SignedIn redeem(Answer back) {
        assertThat(back.location()).as(back.status() + back.body()).contains("code=");
        try (VisitorBrowser client = new VisitorBrowser()) {
            return house.redeem(client, back.location().replaceAll(".*[?&]code=([^&]+).*", "$1"));
        }
    }

    private String userIdOf(String username) {
        return house.gateway()
                .facts()
                .homeUsers()
                .userIdOf(house.account(username).id(), Defaults.HOME_NAME)
                .orElse("");
    }

    @Test
    void aNewcomerKeepsTheUserWhoseLoginTheyProve() {
        HomeUser greta = greta();
        Answer asked = comeBy(browser, "ben");
        assertThat(asked.body()).contains("Do you have a login in Home Assistant already?");

        Answer back = prove(browser, asked.hidden("choice"), "greta", PASSWORD);

        assertThat(redeem(back).accessToken()).isNotEmpty();
        assertThat(userIdOf("ben")).isEqualTo(greta.id());
        assertThat(house.homeAssistant().userNamed("Ben")).isEmpty();
        assertThat(house.isAudited("UserAttached")).isTrue();
    }

    @Test
    void whoHasNoneGoesOnAndIsNotAskedAgain() {
        Answer asked = comeBy(browser, "ben");

        Answer back = browser.post(PATH, Map.of("choice", asked.hidden("choice"), "login", "none"));

        redeem(back);
        assertThat(house.homeAssistant().userNamed("Ben")).isPresent();
        redeem(browser.follow(browser.get(house.authorizeAddress())));
    }

    /// Attack: a choice of another page, put into the address by hand.
    @Test
    void aChoiceThatIsForAnAppLeadsHome() {
        comeBy(browser, "ben");
        try (CompanionPhone phone = new CompanionPhone(house, CompanionPhone.ANDROID)) {
            String link = CompanionPhone.linkIn(phone.open());
            String choice =
                    browser.get("/auth/app/" + link)
                            .body()
                            .replaceAll("(?s).*choice=([A-Za-z0-9_-]{43}).*", "$1");

            assertThat(browser.get(PATH + "?choice=" + choice).status()).isEqualTo(200);
            Answer on = browser.post(PATH, Map.of("choice", choice, "login", "none"));

            assertThat(on.status()).isEqualTo(302);
            assertThat(on.location()).isEqualTo(house.at("/").toString());
        }
    }

    @Test
    void aSecondFactorIsNeverSkipped() {
        HomeUser greta = greta();
        house.homeAssistant().enableTotp(greta.id());
        house.homeAssistant().record().clear();
        Answer asked = comeBy(browser, "ben");

        Answer factor = prove(browser, asked.hidden("choice"), "greta", PASSWORD);

        assertThat(factor.body()).contains("One more step");
        assertThat(userIdOf("ben")).isEmpty();
        assertThat(house.homeAssistant().record().contains("link_user")).isFalse();
        Answer back =
                browser.post(
                        "/auth/vestibule/local/code",
                        Map.of(
                                "question",
                                factor.hidden("question"),
                                "answer",
                                house.homeAssistant().totpCode(greta.id())));
        redeem(back);
        assertThat(userIdOf("ben")).isEqualTo(greta.id());
    }

    @Test
    void aWrongPasswordIsAskedForAgainAndLinksNothing() {
        greta();
        Answer asked = comeBy(browser, "ben");

        Answer again = prove(browser, asked.hidden("choice"), "greta", "guess");

        assertThat(again.status()).isEqualTo(403);
        assertThat(again.hidden("choice")).isEqualTo(asked.hidden("choice"));
        assertThat(userIdOf("ben")).isEmpty();
    }

    @Test
    void aUserWhoIsSomebodysIsNotGivenAway() {
        HomeUser greta = greta();
        try (HouseBrowser ada = new HouseBrowser(house, AWAY)) {
            redeem(prove(ada, comeBy(ada, "ada").hidden("choice"), "greta", PASSWORD));
        }

        String choice = comeBy(browser, "ben").hidden("choice");
        house.homeAssistant().record().clear();

        Answer refused = prove(browser, choice, "greta", PASSWORD);
        Answer guessed = prove(browser, choice, "greta", "guess");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("belongs to somebody else");
        assertThat(guessed.body()).contains("belongs to somebody else");
        assertThat(house.homeAssistant().record().contains("/auth/login_flow")).isFalse();
        assertThat(userIdOf("ada")).isEqualTo(greta.id());
        assertThat(userIdOf("ben")).isEmpty();
    }

    @Test
    void theOwnerKeepsTheHouse() {
        HomeUser owner =
                house.homeAssistant().users().stream()
                        .filter(HomeUser::isOwner)
                        .findFirst()
                        .orElseThrow();
        house.homeAssistant().setPassword(owner.username().orElseThrow(), PASSWORD);

        redeem(
                prove(
                        browser,
                        comeBy(browser, "ada").hidden("choice"),
                        owner.username().orElseThrow(),
                        PASSWORD));

        assertThat(userIdOf("ada")).isEqualTo(owner.id());
    }

    @Test
    void whoWasHereBeforeLinksLaterAndLeavesTheMadeUserBehind() {
        HomeUser greta = greta();
        Answer asked = comeBy(browser, "ben");
        redeem(browser.post(PATH, Map.of("choice", asked.hidden("choice"), "login", "none")));
        assertThat(browser.get(PATH).body()).contains("name=\"password\"");

        Answer back = prove(browser, "", "greta", PASSWORD);

        assertThat(back.location()).isEqualTo(house.at("/").toString());
        assertThat(userIdOf("ben")).isEqualTo(greta.id());
    }

    /// Attack: somebody who has their user tries the passwords of others.
    @Test
    void whoHasTheirUserOfBeforeIsAskedForNoOther() {
        greta();
        house.homeAssistant().addUser("Otto", "otto", PASSWORD, "system-users");
        redeem(prove(browser, comeBy(browser, "ben").hidden("choice"), "greta", PASSWORD));
        house.homeAssistant().record().clear();

        Answer page = browser.get(PATH);
        Answer refused = prove(browser, "", "otto", PASSWORD);

        assertThat(page.body()).contains("You have a user already").doesNotContain("password");
        assertThat(refused.body()).contains("You have a user already");
        assertThat(house.homeAssistant().record().contains(PASSWORD)).isFalse();
    }

    @Test
    void whoIsNotSignedInProvesNothing() {
        greta();
        house.homeAssistant().record().clear();

        Answer sent = prove(browser, "", "greta", PASSWORD);

        assertThat(sent.location()).contains("/auth/vestibule/sign-in");
        assertThat(house.homeAssistant().record().contains(PASSWORD)).isFalse();
    }

    @Test
    void aFormOnAnotherSiteLinksNothing() {
        greta();
        Answer asked = comeBy(browser, "ben");
        house.homeAssistant().record().clear();

        Answer refused = prove(browser.onForeignPage(), asked.hidden("choice"), "greta", PASSWORD);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(house.homeAssistant().record().contains(PASSWORD)).isFalse();
    }
}
