package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestHouse;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/// The console's pages about where people come from, in a real browser. Pictures stand in
/// `e2e/target/screenshots`.
class ConsoleSystemsTest {

    private static final By ADD = By.xpath("//button[normalize-space()='Add']");
    private static final By KEPT = By.linkText("I have kept it");

    @AutoClose private final TestHouse house = new TestHouse();
    @AutoClose private final Chromium desk = new Chromium();

    private void open(String place) {
        desk.open(house.at("/auth/vestibule/console/" + place));
    }

    @Test
    void anAdministratorAddsAnIdentitySystem() {
        LivePage.signIn(desk, house, "ada");
        open("identity-systems");
        PageCheck.assertShows(
                desk, house.at("/"), "Identity systems", "console-identity-systems-none");

        desk.type("name", "okta");
        desk.click(ADD);

        PageCheck.assertShows(desk, house.at("/"), "The token of okta", "console-scim-token");
        desk.click(KEPT);
        PageCheck.assertShows(desk, house.at("/"), "okta", "console-identity-system");
        open("identity-systems");
        PageCheck.assertShows(desk, house.at("/"), "Identity systems", "console-identity-systems");
        assertThat(house.tenants().list()).hasSize(1);
    }
}
