package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Tablets;
import dev.vestibule.TestHouse;
import dev.vestibule.config.KioskConfig.DeviceKey;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import java.net.URI;
import java.util.Objects;

/// Wall tablets in a real browser: by their network without any page, and by a key that the browser
/// keeps to itself.
class KioskBrowserTest {

    private static final By SUBMIT = By.cssSelector("button[type='submit']");
    private static final By CODE = By.cssSelector("code.large");

    @AutoClose private final Chromium tablet = new Chromium();

    @Test
    void aTabletThatIsKnownByItsNetworkSeesNoPage() {
        try (TestHouse house =
                new TestHouse(Tablets.kiosk("hallway", "127.0.0.1", DeviceKey.OFF))) {
            tablet.open(house.at("/"));
            tablet.await(LivePage.READY);

            tablet.reload();
            tablet.await(LivePage.READY);

            assertThat(house.provider().requests()).isEmpty();
            assertThat(house.homeAssistant().userNamed("hallway")).isPresent();
            assertThat(tablet.complaintsAbout(house.at("/"))).isEmpty();
        }
    }

    /// The page from the cache knows nothing of the sign-in that ended.
    @Test
    void aTabletWhosePageIsInTheCacheSignsInOnceMoreAndNoMore() {
        try (TestHouse house =
                new TestHouse(Tablets.kiosk("hallway", "127.0.0.1", DeviceKey.OFF))) {
            tablet.open(house.at("/"));
            tablet.handToServiceWorker(LivePage.READY);
            int before = house.auditedAddresses("SignedIn").size();

            tablet.leaveBy(() -> tablet.click(By.id("sign-out")));

            tablet.await(LivePage.READY);
            tablet.reload();
            tablet.await(LivePage.READY);
            assertThat(house.auditedAddresses("SignedIn")).hasSize(before + 1);
        }
    }

    @Test
    void aTabletWithAKeyIsApprovedOnceAndComesBackByItself() {
        try (TestHouse house =
                        new TestHouse(Tablets.kiosk("hallway", "127.0.0.1", DeviceKey.REQUIRED));
                Chromium desk = new Chromium()) {
            tablet.open(house.at("/"));
            tablet.click(By.partialLinkText("hallway"));
            PageCheck.assertShows(
                    tablet, house.at("/"), "Approve the tablet “hallway”", "kiosk-code");
            String code = tablet.await(CODE).getText();

            askForApprovalAsAda(house, desk);
            PageCheck.assertShows(desk, house.at("/"), "Approve a wall tablet", "kiosk-approve");
            desk.type("code", code);
            desk.click(SUBMIT);
            PageCheck.assertShows(desk, house.at("/"), "Approve “hallway”?", "kiosk-confirm");
            desk.click(SUBMIT);
            PageCheck.assertShows(desk, house.at("/"), "“hallway” is approved", "kiosk-approved");

            tablet.click(By.linkText("It was approved"));
            tablet.await(LivePage.READY);
            assertThat(house.homeAssistant().userNamed("hallway")).isPresent();

            tablet.leaveBy(() -> tablet.click(By.id("sign-out")));
            tablet.await(LivePage.READY);
        }
    }

    private static void askForApprovalAsAda(TestHouse house, Chromium desk) {
        house.provider().signInAutomaticallyAs("ada");
        desk.open(house.at("/auth/vestibule/kiosk/approve"));
        desk.click(By.linkText("Continue with op"));
    }

    private void approveTheTablet(TestHouse house, Chromium desk) {
        tablet.open(house.at("/"));
        tablet.click(By.partialLinkText("hallway"));
        String code = tablet.await(CODE).getText();
        askForApprovalAsAda(house, desk);
        desk.type("code", code);
        desk.click(SUBMIT);
        desk.awaitHeading("Approve “hallway”?");
        desk.click(SUBMIT);
        desk.awaitHeading("“hallway” is approved");
    }

    /// What lets in an app is a person, and the tablet says so.
    @Test
    void aTabletThatGoesOnAsItselfForAnAppIsToldThatAPersonHasToDoIt() {
        try (TestHouse house =
                        new TestHouse(Tablets.kiosk("hallway", "127.0.0.1", DeviceKey.REQUIRED));
                Chromium desk = new Chromium();
                Chromium phone = new Chromium()) {
            approveTheTablet(house, desk);
            phone.open(HandOffPagesTest.authorize(house, HandOffPagesTest.ANDROID));
            phone.awaitHeading("Sign in to the app");

            tablet.open(house.at(phone.address().getQuery().replace("link=", "/auth/app/")));
            tablet.open(house.at("/auth/vestibule/kiosk?" + choiceOf(tablet)));

            PageCheck.assertShows(
                    tablet, house.at("/"), "A person has to do this", "kiosk-not-a-person");
            tablet.click(By.linkText("Sign in another way"));
            tablet.awaitHeading("Sign in for an app");
            assertThat(house.isAudited("HandOffConfirmed")).isFalse();
        }
    }

    /// @return the query by which a page goes on to the ways in
    private static String choiceOf(Chromium browser) {
        String onward =
                browser.await(
                                By.cssSelector(
                                        "a[href^='/auth/vestibule/sign-in'][href*='?choice=']"))
                        .getDomAttribute("href");
        return URI.create(Objects.requireNonNull(onward)).getRawQuery();
    }

    @Test
    @DisplayName("F11: a tablet's cookies in the browser of another address open nothing")
    void aCopiedCookieDoesNotWorkInAnotherBrowser() {
        try (TestHouse house = new TestHouse(Tablets.kiosk("hallway", "127.0.0.1", DeviceKey.OFF));
                Neighbour laptop = new Neighbour(house, "127.0.0.9");
                Chromium thief = Chromium.of(laptop)) {
            tablet.open(house.at("/"));
            tablet.await(LivePage.READY);
            thief.open(house.at("/auth/vestibule/nowhere"));
            thief.copyCookies(tablet);

            thief.open(house.at("/local/plan.png"));
            thief.awaitText("What belongs to a wall tablet works where the tablet is");
            thief.open(house.at("/"));
            thief.awaitAddress(house.provider().issuer().toString());

            assertThat(house.isAudited("KioskElsewhere")).isTrue();
            tablet.reload();
            tablet.await(LivePage.READY);
        }
    }
}
