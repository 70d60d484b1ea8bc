package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestHouse;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.BreakGlassConfig;
import dev.vestibule.config.Linking;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.testhouse.home.HomeUser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/// People who come in by what they have in Home Assistant, and an administrator who comes in when
/// nothing else works, in a real browser up to the live page.
class LocalLoginBrowserTest {

    private static final By STATUS = By.id("status");
    private static final By BUTTON = By.cssSelector("button[type='submit']");
    private static final String PASSWORD = "correct horse";

    @AutoClose private final Chromium browser = new Chromium();

    private static SignInConfig with(
            SignInConfig usual, LocalLogin localLogin, Linking linking, boolean isAnywhere) {
        return new SignInConfig(
                localLogin,
                linking,
                usual.passkeys(),
                usual.apps(),
                new BreakGlassConfig(
                        usual.breakGlass().name(), usual.breakGlass().lifetime(), isAnywhere),
                usual.kiosks());
    }

    private void awaitLivePage(TestHouse house, String person) {
        browser.awaitAttribute(STATUS, "data-state", "ready");
        assertThat(browser.await(By.id("person-name")).getText()).isEqualTo(person);
        assertThat(browser.complaintsAbout(house.at("/"))).isEmpty();
    }

    private void typeLogin(String password) {
        browser.type("username", "greta");
        browser.type("password", password);
        browser.click(BUTTON);
    }

    @Test
    void aPersonSignsInWithPasswordAndCodeAndIsAskedForTheCodeOnce() {
        try (TestHouse house =
                new TestHouse(usual -> with(usual, LocalLogin.ON, Linking.OFF, false))) {
            HomeUser greta =
                    house.homeAssistant().addUser("Greta", "greta", PASSWORD, "system-users");
            house.homeAssistant().enableTotp(greta.id());
            browser.open(house.at("/"));
            PageCheck.assertShows(browser, house.at("/"), "Sign in", "local-login");

            typeLogin("wrong");
            PageCheck.assertShows(
                    browser, house.at("/"), "Sign in with Home Assistant", "local-login-wrong");
            typeLogin(PASSWORD);
            PageCheck.assertShows(browser, house.at("/"), "One more step", "local-login-code");
            browser.type("answer", house.homeAssistant().totpCode(greta.id()));
            browser.click(BUTTON);

            awaitLivePage(house, "Greta");
        }
    }

    @Test
    void aNewcomerKeepsTheUserThatTheyHadBefore() {
        try (TestHouse house =
                new TestHouse(usual -> with(usual, LocalLogin.OFF, Linking.OFFER, false))) {
            house.homeAssistant().addUser("Greta", "greta", PASSWORD, "system-users");
            house.provider().signInAutomaticallyAs("ben");
            browser.open(house.at("/"));
            PageCheck.assertShows(
                    browser,
                    house.at("/"),
                    "Do you have a login in Home Assistant already?",
                    "linking");

            typeLogin(PASSWORD);

            awaitLivePage(house, "Greta");
        }
    }

    @Test
    void aNewcomerWithoutALoginGoesOnByOneClick() {
        try (TestHouse house =
                new TestHouse(usual -> with(usual, LocalLogin.OFF, Linking.OFFER, false))) {
            house.provider().signInAutomaticallyAs("ben");
            browser.open(house.at("/"));

            browser.click(By.cssSelector("button[value='none']"));

            awaitLivePage(house, "Ben");
        }
    }

    @Test
    void aCodeOfTheConsoleLeadsToTheDashboardWhileTheProviderIsStopped() {
        try (TestHouse house =
                new TestHouse(usual -> with(usual, LocalLogin.OFF, Linking.OFF, true))) {
            house.provider().goAway();
            ControlOutcome told = house.gateway().commands().emergency().breakGlass("", false);
            assertThat(told).isInstanceOf(ControlOutcome.NewToken.class);
            browser.open(house.at("/auth/vestibule/break-glass"));
            PageCheck.assertShows(browser, house.at("/"), "Emergency access", "break-glass");

            browser.type("code", ((ControlOutcome.NewToken) told).token().reveal());
            browser.click(BUTTON);

            awaitLivePage(house, "Emergency administrator");
        }
    }
}
