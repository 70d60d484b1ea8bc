package dev.vestibule.e2e;

import dev.vestibule.Tablets;
import dev.vestibule.TestHouse;
import dev.vestibule.config.KioskConfig.DeviceKey;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/// The pages of the console that are about the house and not about its people, in a real browser.
/// Pictures stand in `e2e/target/screenshots`.
class ConsoleOfTheHouseTest {

    private static final By CLOSE = By.xpath("//button[normalize-space()='Close']");

    @AutoClose
    private final TestHouse house =
            new TestHouse(Tablets.kiosk("hallway", "192.0.2.20", DeviceKey.REQUIRED));

    @AutoClose private final Chromium desk = new Chromium();

    private void signInAsAda() {
        house.provider().signInAutomaticallyAs("ada");
        desk.open(house.at("/auth/vestibule/console"));
        desk.awaitHeading("People");
    }

    private void shows(String place, String heading) {
        desk.open(house.at("/auth/vestibule/console/" + place));
        PageCheck.assertShows(desk, house.at("/"), heading, "console-" + place);
    }

    private void aPhoneWasHereAndItsPersonWasShutOutWhileHomeAssistantWasAway() {
        try (VisitorBrowser phone = new VisitorBrowser()) {
            house.registerPhone(phone, house.signIn(phone, "ben").accessToken());
        }
        house.homeAssistant().stop();
        house.suspend("ben");
    }

    @Test
    void anAdministratorLooksAroundTheHouse() {
        signInAsAda();
        aPhoneWasHereAndItsPersonWasShutOutWhileHomeAssistantWasAway();

        shows("kiosks", "Wall tablets");
        shows("webhooks", "Phones");
        shows("outbox", "Pending");
        shows("audit", "Audit");
        shows("configuration", "Configuration");
    }

    @Test
    void aPhoneIsClosedWithOneClick() {
        try (VisitorBrowser phone = new VisitorBrowser()) {
            house.registerPhone(phone, house.signIn(phone, "ben").accessToken());
        }
        signInAsAda();
        desk.open(house.at("/auth/vestibule/console/webhooks"));

        desk.click(CLOSE);

        desk.awaitText("Closed.");
        desk.awaitNone(CLOSE);
    }
}
