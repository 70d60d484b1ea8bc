package dev.vestibule.e2e;

import dev.vestibule.TestHouse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/// The console's pages about who lets people in, and by which groups, in a real browser: as an
/// administrator, somebody of the family, somebody who may only look, and a stranger. Pictures
/// stand in `e2e/target/screenshots`.
class ConsoleProvidersTest {

    private static final By LIVE = By.cssSelector("#status[data-state='ready']");
    private static final By ASK = By.xpath("//button[normalize-space()='Ask now']");

    private final TestHouse house = new TestHouse();
    private final Chromium desk = new Chromium();

    @AfterEach
    void close() {
        desk.close();
        house.close();
    }

    private void signInAs(String subject) {
        house.provider().signInAutomaticallyAs(subject);
        desk.open(house.at("/"));
        desk.await(LIVE);
    }

    private void open(String place) {
        desk.open(house.at("/auth/vestibule/console/" + place));
    }

    private void shows(String heading, String picture) {
        PageCheck.assertShows(desk, house.at("/"), heading, picture);
    }

    @Test
    void anAdministratorSeesWhoAnswersAndAsksWhoDoesNot() {
        signInAs("ada");

        open("providers");
        shows("Providers", "console-providers");

        house.provider().goAway();
        desk.click(ASK);
        desk.awaitText("What came of it stands below.");
        shows("Providers", "console-providers-away");
    }

    @Test
    void theFamilyIsToldThatItIsNotForThem() {
        signInAs("ben");
        open("providers");
        shows("For administrators", "console-providers-family");
    }

    @Test
    void whoeverMayOnlyLookIsToldThatItIsNotForThem() {
        signInAs("vic");
        open("providers");
        shows("For administrators", "console-providers-viewer");
    }

    @Test
    void aStrangerIsAskedToSignIn() {
        house.provider().choosePersonByPage();
        open("providers");
        desk.awaitAddress(house.provider().issuer().toString());
    }
}
