package dev.vestibule.e2e;

import dev.vestibule.ScimHouse;
import dev.vestibule.TestHouse;
import dev.vestibule.scim.ScimClient;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import java.util.List;

/// The console's pages about who lets people in, and by which groups, in a real browser: as an
/// administrator, somebody of the family, somebody who may only look, and a stranger. Pictures
/// stand in `e2e/target/screenshots`.
class ConsoleProvidersTest {

    private static final By ASK = By.xpath("//button[normalize-space()='Ask now']");
    private static final By TRY = By.xpath("//button[normalize-space()='Try']");

    private final TestHouse house = new TestHouse();
    @AutoClose private final ScimHouse systems = new ScimHouse(house);
    @AutoClose private final Chromium desk = new Chromium();

    private void signInAs(String subject) {
        LivePage.signIn(desk, house, subject);
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

    private void tryToken(String token) {
        desk.type("token", token);
        desk.click(TRY);
    }

    @Test
    void anAdministratorSeesTheMappingsAndTriesTokens() {
        signInAs("ada");
        systems.client("okta").post("/Groups", ScimClient.group("family")).expect(201);
        open("groups");
        shows("Groups", "console-groups");

        tryToken("{\"sub\": \"eve\", \"groups\": [\"family\", \"choir\"]}");
        desk.awaitText("The line roles.user of the configuration names:");
        shows("What would a token give?", "console-groups-trial");

        tryToken("{\"sub\": \"eve\" oops}");
        desk.awaitText("look at line 1, column");
        shows("What would a token give?", "console-groups-broken");
    }

    @Test
    void theFamilyIsToldThatItIsNotForThem() {
        signInAs("ben");
        open("providers");
        shows("For administrators", "console-providers-family");
        open("groups");
        desk.awaitHeading("For administrators");
    }

    @Test
    void whoeverMayOnlyLookIsToldThatItIsNotForThem() {
        signInAs("vic");
        open("providers");
        shows("For administrators", "console-providers-viewer");
        open("groups");
        desk.awaitHeading("For administrators");
    }

    @Test
    void aStrangerIsAskedToSignIn() {
        house.provider().choosePersonByPage();
        for (String place : List.of("providers", "groups")) {
            open(place);
            desk.awaitAddress(house.provider().issuer().toString());
        }
    }
}
