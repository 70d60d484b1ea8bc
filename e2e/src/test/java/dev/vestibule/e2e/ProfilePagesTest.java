package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.TestHouse;
import dev.vestibule.config.Linking;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/// The profile in a real browser: as an administrator, somebody of the family, somebody who may
/// only look, and somebody without a role. Pictures stand in `e2e/target/screenshots`.
class ProfilePagesTest {

    private static final By PROVIDER = By.cssSelector("a[href^='/auth/vestibule/sign-in/op']");
    private static final By CONSOLE = By.linkText("Console");
    private static final By BROWSERS = By.linkText("Browsers");
    private static final By APPS = By.linkText("Apps and tokens");
    private static final By PHONE = By.xpath("//td[contains(., 'Chrome, Android')]");
    private static final By SIGN_OUT = By.xpath("//button[normalize-space()='Sign out']");
    private static final By END = By.xpath("//button[normalize-space()='End']");
    private static final String PROFILE = "/auth/vestibule/profile";

    @AutoClose private final TestHouse house = new TestHouse(ways -> open(ways, Linking.OFF));
    @AutoClose private final Chromium browser = new Chromium();

    private static SignInConfig open(SignInConfig usual, Linking linking) {
        return new SignInConfig(
                usual.localLogin(),
                linking,
                true,
                usual.apps(),
                usual.breakGlass(),
                usual.kiosks());
    }

    private void comeToTheProfileAs(String subject) {
        comeToTheProfileOf(house, subject);
    }

    /// Signing in leads back to where somebody wanted to be.
    private void comeToTheProfileOf(TestHouse house, String subject) {
        house.provider().signInAutomaticallyAs(subject);
        browser.open(house.at(PROFILE));
        browser.click(PROVIDER);
    }

    private void assertShows(String heading, String picture) {
        PageCheck.assertShows(browser, house.at("/"), heading, picture);
    }

    private void benHasAPhoneAndAToken() {
        try (VisitorBrowser phone = new VisitorBrowser()) {
            phone.carry(
                    "User-Agent",
                    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like"
                            + " Gecko) Chrome/126.0.0.0 Mobile Safari/537.36");
            SignedIn signedIn = house.signIn(phone, "ben");
            try (VisitorSocket socket = house.openSocket(phone)) {
                socket.authenticate(signedIn.accessToken());
                socket.call(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("type", "auth/long_lived_access_token")
                                .put("client_name", "The lamp in the hall")
                                .put("lifespan", 365));
            }
        }
    }

    @Test
    void somebodyOfTheFamilySeesAndEndsWhatIsTheirs() {
        benHasAPhoneAndAToken();
        comeToTheProfileAs("ben");

        assertShows("Your profile", "profile-family");
        assertThat(browser.isVisible(CONSOLE)).isFalse();
        browser.click(BROWSERS);
        browser.await(PHONE);
        assertShows("Browsers", "profile-browsers");
        browser.click(SIGN_OUT);
        browser.awaitText("Signed out. What was open there is closed.");
        browser.awaitNone(PHONE);

        browser.click(APPS);
        assertShows("Apps and tokens", "profile-apps");
        browser.click(END);
        browser.awaitText("No app and no program acts in your name.");
        assertShows("Apps and tokens", "profile-apps-none");
    }

    @Test
    void anAdministratorFindsTheWayToTheConsoleAndHome() {
        comeToTheProfileAs("ada");

        assertShows("Your profile", "profile-administrator");
        browser.click(CONSOLE);
        browser.awaitHeading("People");
        browser.open(house.at(PROFILE));
        browser.click(By.linkText("Home Assistant"));
        browser.await(LivePage.READY);
    }

    @Test
    void whoeverMayOnlyLookHasAProfileToo() {
        comeToTheProfileAs("vic");

        assertShows("Your profile", "profile-viewer");
        assertThat(browser.isVisible(CONSOLE)).isFalse();
        browser.awaitText("viewer");
    }

    @Test
    void whoeverHadAUserBeforeIsShownHowToKeepIt() {
        try (TestHouse offering = new TestHouse(ways -> open(ways, Linking.OFFER))) {
            comeToTheProfileOf(offering, "ben");

            PageCheck.assertShows(browser, offering.at("/"), "Your profile", "profile-older-user");
            browser.click(By.linkText("Keep an older user"));
            browser.awaitHeading("Do you have a login in Home Assistant already?");
        }
    }

    @Test
    void whoeverHasNoRoleHereIsToldSo() {
        comeToTheProfileAs("sam");

        assertShows("You have no access to this home", "profile-no-role");
    }

    @Test
    void theSignOutPageAndThePasskeysLeadThere() {
        comeToTheProfileAs("ben");
        browser.awaitHeading("Your profile");
        for (String page : new String[] {"/auth/vestibule/sign-out", "/auth/vestibule/passkeys"}) {
            browser.open(house.at(page));
            browser.click(By.linkText("Your profile"));
            browser.awaitHeading("Your profile");
        }
    }
}
