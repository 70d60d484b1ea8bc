package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.home.RecordedRequest;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;

import java.util.List;

/// The main job as a person does it: a real browser, a real Keycloak, the gateway, and the page of
/// the simulated home.
@ExtendWith(RunningKeycloak.class)
class BrowserTest {

    private static final By KITCHEN = By.cssSelector("[id='light.kitchen']");
    private static final By STATUS = By.id("status");
    private static final By SIGN_OUT = By.id("sign-out");

    private final KeycloakServer keycloak;
    @AutoClose private final KeycloakHouse house;
    @AutoClose private final Chromium browser = new Chromium();

    BrowserTest(KeycloakServer keycloak) {
        this.keycloak = keycloak;
        this.house = new KeycloakHouse(keycloak);
    }

    private void signIn(String username) {
        browser.open(house.at("/"));
        browser.type("username", username);
        browser.type("password", KeycloakServer.passwordOf(username));
        assertThat(browser.address().toString()).startsWith(keycloak.issuer().toString());
        browser.click(By.id("kc-login"));
    }

    private void awaitLivePage() {
        browser.awaitAttribute(STATUS, "data-state", "ready");
    }

    private void assertNoComplaints() {
        assertThat(browser.complaintsAbout(house.at("/"))).isEmpty();
    }

    @Test
    void aPersonOpensTheHouseSignsInAndSwitchesALight() {
        house.homeAssistant().setState("light.kitchen", "off");
        signIn("ben");
        awaitLivePage();
        assertThat(browser.await(By.id("person-name")).getText()).isEqualTo("Ben Benn");
        browser.awaitAttribute(KITCHEN, "aria-checked", "false");

        browser.click(KITCHEN);

        browser.awaitAttribute(KITCHEN, "aria-checked", "true");
        assertThat(house.homeAssistant().state("light.kitchen")).isEqualTo("on");
        assertNoComplaints();
    }

    @Test
    void theLivePageIsGoodToLookAtOnEveryScreen() {
        signIn("ada");
        awaitLivePage();

        browser.takePictures("live");

        browser.wear(Chromium.Look.PHONE_LIGHT);
        assertThat(browser.isWiderThanTheWindow()).isFalse();
    }

    @Test
    void aSecondWindowNeedsNoSignInAndFollowsTheFirst() {
        house.homeAssistant().setState("light.kitchen", "off");
        signIn("ben");
        awaitLivePage();
        String first = browser.window();

        browser.openInNewWindow(house.at("/"));
        awaitLivePage();
        String second = browser.window();
        browser.lookAt(first);
        browser.click(KITCHEN);
        browser.lookAt(second);

        browser.awaitAttribute(KITCHEN, "aria-checked", "true");
        assertNoComplaints();
    }

    @Test
    void reloadingNeedsNoSignInWhenKeycloakHasForgottenThePersonAndToldNobody() {
        signIn("ben");
        awaitLivePage();
        keycloak.admin().sendNoLogouts();
        keycloak.admin().signOut("ben");

        browser.reload();

        awaitLivePage();
        assertNoComplaints();
    }

    @Test
    void signingOutStaysSignedOutUntilThePersonSaysOtherwise() {
        signIn("ben");
        awaitLivePage();
        browser.click(SIGN_OUT);
        browser.awaitHeading("You are signed out");
        assertThat(house.homeAssistant().openSockets()).isEqualTo(1);
        assertNoComplaints();

        browser.click(By.linkText("Sign in"));

        awaitLivePage();
        assertNoComplaints();
    }

    @Test
    void whoeverHasNoAccessSeesOurPageAndHomeAssistantNeverHearsOfThem() {
        browser.open(house.at("/"));
        browser.await(By.name("username"));
        house.homeAssistant().record().clear();

        signIn("sam");

        browser.awaitHeading("You have no access to this home");
        assertThat(house.homeAssistant().record().requests()).isEmpty();
        assertNoComplaints();
    }

    @Test
    void homeAssistantsOwnLoginPageIsNeverAskedFor() {
        signIn("ben");
        awaitLivePage();

        List<RecordedRequest> requests = house.homeAssistant().record().requests();

        assertThat(requests)
                .filteredOn(request -> request.target().startsWith("/auth/login_flow"))
                .isNotEmpty()
                .noneMatch(BrowserTest::comesFromABrowser);
        assertThat(requests)
                .extracting(RecordedRequest::target)
                .noneMatch(target -> target.contains("authorize"));
        assertThat(requests).anyMatch(BrowserTest::comesFromABrowser);
    }

    private static boolean comesFromABrowser(RecordedRequest request) {
        return request.header("user-agent").orElse("").contains("Chrome");
    }
}
