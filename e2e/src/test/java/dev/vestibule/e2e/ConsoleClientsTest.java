package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.ConsentingPerson;
import dev.vestibule.TestHouse;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.voice.VoiceVendor;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import java.net.URI;
import java.util.List;

/// The pages of the console about OAuth clients and consents, in a real browser. Pictures stand in
/// `e2e/target/screenshots`.
class ConsoleClientsTest {

    private static final By TAKE_BACK = By.xpath("//button[normalize-space()='Take back']");

    @AutoClose
    private final TestHouse house =
            new TestHouse(
                    new ClientsConfig(
                            List.of("my-home"),
                            List.of("M2ABC"),
                            List.of(URI.create("https://listed.example.org/client.json")),
                            UnknownClients.REFUSE));

    private final VoiceVendor google =
            VoiceVendor.google(URI.create(house.origin().toString()), "my-home");
    @AutoClose private final Chromium desk = new Chromium();

    private void signInAsAda() {
        house.provider().signInAutomaticallyAs("ada");
        desk.open(house.at("/auth/vestibule/console"));
        desk.awaitHeading("People");
    }

    private void benLinksGoogleAndSomebodyIsTurnedAway() {
        house.provider().signInAutomaticallyAs("ben");
        try (VisitorBrowser browser = new VisitorBrowser()) {
            browser.carry("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
            URI back = new ConsentingPerson(house, browser).allow(google.linkAddress());
            assertThat(google.arrive(back)).isEqualTo(200);
            house.signIn(browser, "ben");
            browser.get(VoiceVendor.google(house.at("/"), "their-home").linkAddress());
        }
    }

    @Test
    void anAdministratorSeesWhoCameAndTakesAConsentBack() {
        benLinksGoogleAndSomebodyIsTurnedAway();
        signInAsAda();

        desk.open(house.at("/auth/vestibule/console/clients"));
        PageCheck.assertShows(desk, house.at("/"), "Clients and consents", "console-clients");
        desk.click(By.linkText("Google Assistant"));
        PageCheck.assertShows(desk, house.at("/"), "Google Assistant", "console-client");
        desk.click(TAKE_BACK);

        desk.awaitText("Taken back.");
        desk.awaitNone(TAKE_BACK);
        assertThat(google.refresh()).isEqualTo(400);
        PageCheck.assertShows(desk, house.at("/"), "Google Assistant", "console-client-empty");
    }

    @Test
    void anAdministratorLooksForAClientAndForAPerson() {
        benLinksGoogleAndSomebodyIsTurnedAway();
        signInAsAda();
        desk.open(house.at("/auth/vestibule/console/clients"));

        desk.type("q", "googleusercontent");
        desk.click(By.xpath("//button[normalize-space()='Search']"));
        desk.awaitNone(By.xpath("//h2"));
        desk.click(By.linkText("Google Assistant"));
        desk.awaitHeading("Google Assistant");
        desk.type("q", "nobody of that name");
        desk.click(By.xpath("//button[normalize-space()='Search']"));

        desk.awaitText("Nobody is called like that.");
        desk.awaitHeading("Google Assistant");
        desk.awaitNone(TAKE_BACK);
    }
}
