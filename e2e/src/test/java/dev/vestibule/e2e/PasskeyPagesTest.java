package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.SignInChange;
import dev.vestibule.TestHouse;
import dev.vestibule.testhouse.openid.Endpoint;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;

import java.time.Clock;
import java.time.Duration;

/// Passkeys as a person meets them: a real browser with an authenticator built in, our real pages
/// and script, and the page of the simulated home.
class PasskeyPagesTest {

    private static final By USE = By.xpath("//button[normalize-space()='Use a passkey']");
    private static final By ADD = By.cssSelector("#passkey-add button");
    private static final String LIST = "/auth/vestibule/passkeys";

    @AutoClose private final TestHouse house = new TestHouse(SignInChange::withPasskeys);
    @AutoClose private final Chromium browser = new Chromium();

    private void signInAtTheProviderAs(String subject) {
        house.provider().signInAutomaticallyAs(subject);
        goToTheProvider(browser);
        browser.await(LivePage.READY);
    }

    private void goToTheProvider(Chromium someone) {
        someone.open(house.at("/"));
        someone.awaitHeading("Sign in");
        someone.click(By.cssSelector("a[href^='/auth/vestibule/sign-in/op']"));
    }

    private void addPasskey(String name) {
        browser.open(house.at(LIST));
        browser.type("name", name);
        browser.click(ADD);
        browser.awaitText("The passkey was added.");
    }

    private void signOut() {
        browser.open(house.at("/auth/vestibule/sign-out"));
        browser.click(By.cssSelector("button[value='here']"));
        browser.awaitHeading("You are signed out");
    }

    private void assertShows(String heading, String picture) {
        PageCheck.assertShows(browser, house.at("/"), heading, picture);
    }

    @Test
    void aPersonAddsAPasskeyAndComesHomeWithItWhileTheProviderIsStopped() {
        VirtualAuthenticator phone = browser.plugInAuthenticator();
        signInAtTheProviderAs("ben");
        browser.open(house.at(LIST));
        browser.await(ADD);
        assertShows("Your passkeys", "passkeys-none");

        addPasskey("My phone");
        assertShows("Your passkeys", "passkeys-one");
        assertThat(phone.getCredentials())
                .singleElement()
                .satisfies(
                        credential -> {
                            assertThat(credential.isResidentCredential()).isTrue();
                            assertThat(credential.getRpId()).isEqualTo("localhost");
                        });

        signOut();
        house.provider().goAway();
        int before = house.provider().count(Endpoint.AUTHORIZE);
        browser.click(By.linkText("Sign in"));
        browser.await(USE);
        assertShows("Sign in", "passkey-sign-in");
        browser.click(USE);

        browser.await(LivePage.READY);
        assertThat(browser.await(By.id("person-name")).getText()).isEqualTo("Ben");
        assertThat(house.provider().count(Endpoint.AUTHORIZE)).isEqualTo(before);
        assertThat(browser.complaintsAbout(house.at("/"))).isEmpty();
    }

    @Test
    void whatIsRenamedAndRemovedIsSoAndARemovedOneOpensNothing() {
        browser.plugInAuthenticator();
        signInAtTheProviderAs("ben");
        addPasskey("My phone");

        browser.click(By.partialLinkText("Rename or remove"));
        assertShows("My phone", "passkey-one");
        browser.type("name", "Old phone");
        browser.click(By.xpath("//button[normalize-space()='Rename']"));
        browser.awaitText("The passkey has its new name.");
        browser.click(By.partialLinkText("Old phone"));
        browser.click(By.xpath("//button[normalize-space()='Remove this passkey']"));
        browser.awaitText("The passkey was removed");
        assertShows("Your passkeys", "passkeys-removed");

        signOut();
        browser.click(By.linkText("Sign in"));
        browser.click(USE);
        assertShows("The passkey was not accepted", "passkey-refused");
        browser.click(By.linkText("Sign in another way"));
        browser.await(USE);
    }

    /// Attack I2: a browser that was left open.
    @Test
    void anOlderSignInIsAskedForAFreshOneAndComesBack() {
        browser.plugInAuthenticator();
        signInAtTheProviderAs("ben");
        addPasskey("My phone");
        house.restartGateway(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11)));

        browser.open(house.at(LIST));

        assertShows("Your passkeys", "passkeys-not-fresh");
        browser.click(By.linkText("Sign in once more"));
        browser.click(USE);
        browser.awaitText("You came in with a passkey that you have not been asked about yet");
        assertShows("Your passkeys", "passkeys-by-new");
        assertThat(browser.isVisible(ADD)).isFalse();
    }

    @Test
    void aDeviceThatHasOneAlreadyIsToldSo() {
        browser.plugInAuthenticator();
        signInAtTheProviderAs("ben");
        addPasskey("My phone");

        browser.type("name", "Again");
        browser.click(ADD);

        browser.awaitText("This device has a passkey for this home already.");
        assertShows("Your passkeys", "passkeys-known");
    }

    @Test
    void aBrowserWithoutPasskeysAndOneWithoutScriptsReadASentenceInsteadOfADeadButton() {
        browser.forgetPasskeys();
        browser.open(house.at("/"));

        browser.awaitText("This browser cannot use passkeys here");
        assertShows("Sign in", "passkey-without");
        assertThat(browser.isVisible(USE)).isFalse();

        browser.runScripts(false);
        browser.reload();
        browser.awaitText("This browser cannot use passkeys here");
        assertThat(browser.isVisible(USE)).isFalse();
        browser.runScripts(true);
    }

    /// Attack I: a passkey added at a browser that somebody left open.
    @Test
    void whoSignsInElsewhereIsAskedAboutANewPasskeyAndANoEndsIt() {
        browser.plugInAuthenticator();
        signInAtTheProviderAs("ben");
        addPasskey("A stranger's phone");
        try (Chromium elsewhere = new Chromium()) {
            goToTheProvider(elsewhere);
            PageCheck.assertShows(
                    elsewhere, house.at("/"), "Is this passkey yours?", "passkey-new");

            elsewhere.click(By.xpath("//button[starts-with(normalize-space(), 'No:')]"));

            PageCheck.assertShows(
                    elsewhere, house.at("/"), "The passkey is removed", "passkey-disowned");
        }
        browser.open(house.at(LIST));
        browser.awaitHeading("Sign in");
        browser.click(USE);
        browser.awaitHeading("The passkey was not accepted");
    }

    /// Attack: whoever has a lost phone waits with the code for an app until its passkey is gone.
    @Test
    void whosePasskeyIsGoneBeforeTheCodeIsTypedIsToldSoInTheApp() {
        browser.plugInAuthenticator();
        signInAtTheProviderAs("ben");
        addPasskey("Lost phone");
        signOut();
        try (Chromium app = new Chromium();
                Chromium elsewhere = new Chromium()) {
            app.open(HandOffPagesTest.authorize(house, HandOffPagesTest.ANDROID));
            app.awaitHeading("Sign in to the app");
            browser.open(house.at(app.address().getQuery().replace("link=", "/auth/app/")));
            browser.click(By.cssSelector("a[href^='/auth/vestibule/sign-in'][href*='?choice=']"));
            browser.click(USE);
            browser.awaitHeading("Type this code into the app");
            goToTheProvider(elsewhere);
            elsewhere.click(By.xpath("//button[starts-with(normalize-space(), 'No:')]"));
            elsewhere.awaitHeading("The passkey is removed");

            app.type("code", browser.await(By.cssSelector("code.large")).getText());
            app.click(By.cssSelector("form button[type='submit']"));

            PageCheck.assertShows(
                    app, house.at("/"), "That way in is not there any more", "hand-off-proof-gone");
        }
        assertThat(house.isAudited("HandOffFinished")).isFalse();
    }
}
