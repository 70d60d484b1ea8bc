package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestHouse;
import dev.vestibule.account.AccountState;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/// The console in a real browser: as an administrator, and as somebody of the family. Pictures
/// stand in `e2e/target/screenshots`.
class ConsolePagesTest {

    private static final By BEN = By.linkText("Ben");
    private static final By SUSPEND = By.xpath("//button[normalize-space()='Suspend']");

    @AutoClose private final TestHouse house = new TestHouse();
    @AutoClose private final Chromium desk = new Chromium();

    private void signInAt(Chromium browser, String subject) {
        LivePage.signIn(browser, house, subject);
    }

    private void open(String place) {
        desk.open(house.at("/auth/vestibule/console/" + place));
    }

    private void everybodyWasHere() {
        try (VisitorBrowser other = new VisitorBrowser()) {
            other.carry(
                    "User-Agent",
                    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like"
                            + " Gecko) Chrome/126.0.0.0 Mobile Safari/537.36");
            house.signIn(other, "ben");
        }
    }

    @Test
    void anAdministratorLooksAround() {
        everybodyWasHere();
        signInAt(desk, "ada");

        open("people");
        PageCheck.assertShows(desk, house.at("/"), "People", "console-people");
        desk.click(BEN);
        PageCheck.assertShows(desk, house.at("/"), "Ben", "console-person");
        open("sessions");
        PageCheck.assertShows(desk, house.at("/"), "Browsers", "console-sessions");
        open("grants");
        PageCheck.assertShows(desk, house.at("/"), "Apps and tokens", "console-grants");
        open("connections");
        PageCheck.assertShows(desk, house.at("/"), "Live", "console-connections");
    }

    @Test
    void suspendingSomebodyTurnsTheirOpenPageAway() {
        try (Chromium phone = new Chromium()) {
            signInAt(phone, "ben");
            signInAt(desk, "ada");
            open("people");
            desk.click(BEN);

            desk.click(SUSPEND);

            desk.awaitText("Shut out everywhere");
            assertThat(house.account("ben").state()).isEqualTo(AccountState.SUSPENDED);
            phone.awaitHeading("Your access is suspended");
        }
    }

    @Test
    void theLivePageShowsWhatOpensAndClosesWithoutBeingLoadedAnew() {
        signInAt(desk, "ada");
        open("connections");
        desk.awaitHeading("Live");
        assertThat(desk.isVisible(BEN)).isFalse();
        try (Chromium phone = new Chromium()) {
            signInAt(phone, "ben");

            desk.await(BEN);
        }

        desk.awaitNone(BEN);
    }

    @Test
    void theLivePageSaysThatItLooksNoMoreOnceItsSignInHasEnded() {
        signInAt(desk, "ada");
        open("connections");
        desk.awaitHeading("Live");

        String live = desk.window();
        desk.openInNewWindow(house.at("/auth/vestibule/sign-out"));
        desk.click(By.cssSelector("button[value='here']"));
        desk.awaitHeading("You are signed out");
        desk.lookAt(live);

        desk.awaitText("What stood here is not looked at any more.");
        PageCheck.assertShows(desk, house.at("/"), "Live", "console-no-more-news");
        desk.click(By.linkText("Open the page again"));
        desk.awaitHeading("You are signed out");
        desk.click(By.linkText("Sign in"));
        desk.awaitText("What is open at this moment.");
    }

    @Test
    void somebodyOfTheFamilyIsToldThatItIsNotForThem() {
        signInAt(desk, "ben");

        open("people");

        PageCheck.assertShows(desk, house.at("/"), "For administrators", "console-not-for-you");
    }
}
