package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse;
import dev.vestibule.TestHouse;
import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import java.util.List;
import java.util.Set;

/// Our own pages in a real browser: what each says, that nothing on it is refused by its own
/// content security policy, and that it fits on a phone. Their pictures stand in
/// `e2e/target/screenshots`.
class PagesTest {

    private static final By BUTTON = By.cssSelector("button[type='submit']");

    private static final RolesConfig FAMILY =
            new RolesConfig(Set.of(), Set.of("family"), Set.of(), List.of());

    @AutoClose private final Chromium browser = new Chromium();

    private void assertShows(GatewayHouse house, String heading, String picture) {
        PageCheck.assertShows(browser, house.at("/"), heading, picture);
    }

    @Test
    void whoeverHasNoAccessIsToldSoAndMayComeAsSomebodyElse() {
        try (TestHouse house = new TestHouse()) {
            house.provider().signInAutomaticallyAs("sam");

            browser.open(house.at("/"));

            assertShows(house, "You have no access to this home", "refused");
            house.provider().signInAutomaticallyAs("ben");
            browser.click(By.linkText("Use another account"));
            browser.await(LivePage.READY);
        }
    }

    @Test
    void aProviderThatIsAwayIsAPageFromWhichOneTriesAgain() {
        try (TestHouse house = new TestHouse()) {
            house.provider().goAway();

            browser.open(house.at("/"));

            assertShows(house, "The identity provider cannot be reached", "provider-away");
        }
    }

    @Test
    void whoeverSignsOutIsToldSoAndSignsInAgainByOneClick() {
        try (TestHouse house = new TestHouse()) {
            LivePage.signIn(browser, house, "ben");

            browser.click(By.id("sign-out"));

            assertShows(house, "You are signed out", "signed-out");
            browser.click(By.linkText("Sign in"));
            browser.await(LivePage.READY);
        }
    }

    @Test
    void whoeverSignsOutOnOurPageSignsOutAtTheProviderTooAndComesBack() {
        try (TestHouse house = new TestHouse()) {
            LivePage.signIn(browser, house, "ben");
            browser.open(house.at("/auth/vestibule/sign-out"));
            assertShows(house, "Sign out", "sign-out");

            browser.click(By.cssSelector("button[value='provider']"));

            browser.awaitText("This browser has no access to your home.");
            assertThat(browser.address().getAuthority()).isEqualTo(house.origin().authority());
            assertShows(house, "You are signed out", "signed-out-at-provider");
            browser.click(By.linkText("Sign in"));
            browser.await(LivePage.READY);
        }
    }

    @Test
    void whoeverSignsOutEverywhereIsToldSo() {
        try (TestHouse house = new TestHouse()) {
            LivePage.signIn(browser, house, "ben");
            browser.open(house.at("/auth/vestibule/sign-out"));

            browser.click(By.cssSelector("button[value='everywhere']"));

            browser.awaitText("None of your browsers");
            assertShows(house, "You are signed out", "signed-out-everywhere");
        }
    }

    @Test
    void amongSeveralProvidersThePersonChooses() {
        Origin origin = GatewayHouse.freeOrigin();
        try (ScriptedOpenIdProvider provider = ScriptedOpenIdProvider.start();
                GatewayHouse house =
                        new GatewayHouse(
                                origin,
                                List.of(
                                        known(provider, origin, "family", "Family account"),
                                        known(provider, origin, "work", "Work account")),
                                FAMILY)) {
            browser.open(house.at("/"));

            assertShows(house, "Sign in", "providers");

            browser.click(By.linkText("Continue with Work account"));

            browser.awaitAddress("http://" + provider.issuer().getAuthority() + "/");
        }
    }

    /// @return the gateway as this provider knows it, under the provider's id
    private static OpenIdProviderConfig known(
            ScriptedOpenIdProvider provider, Origin origin, String id, String name) {
        var secret = new ClientAuthentication.SecretBasic(new Secret("client secret"));
        OpenIdProviderConfig plain = OpenIdProviderConfig.of(id, provider.issuer(), id, secret);
        provider.register(
                RegisteredClient.secretBasic(id, "client secret", plain.redirectUri(origin)));
        return GatewayHouse.called(plain, name);
    }

    @Test
    void aSecondFactorIsAFormThatABrowserMayPost() {
        try (TestHouse house = new TestHouse()) {
            house.provider().signInAutomaticallyAs("ben");
            String ben = userWithSecondFactor(house);

            browser.open(house.at("/"));

            assertShows(house, "One more step", "second-factor");
            answer("000000");
            browser.awaitText("That code was not right");
            assertShows(house, "One more step", "second-factor-wrong");
            answer(house.homeAssistant().totpCode(ben));
            browser.await(LivePage.READY);
            assertThat(browser.complaintsAbout(house.at("/"))).isEmpty();
        }
    }

    /// A browser holds the redirect that answers a form against the page's `form-action`.
    @Test
    void theAnswerToTheFormMayLeadToAnotherAddressOfTheHome() {
        Origin origin = GatewayHouse.freeOrigin();
        Origin elsewhere = new Origin("http", "127.0.0.1", origin.port());
        try (ScriptedOpenIdProvider provider = ScriptedOpenIdProvider.start();
                GatewayHouse house =
                        new GatewayHouse(
                                origin,
                                List.of(elsewhere),
                                List.of(known(provider, origin, "family", "Family account")),
                                FAMILY)) {
            provider.addPerson(Person.of("ben", "Ben").withGroups("family"));
            provider.signInAutomaticallyAs("ben");
            String ben = userWithSecondFactor(house);

            browser.open(elsewhere.resolve("/"));
            browser.awaitHeading("One more step");
            assertThat(browser.address().getAuthority()).isEqualTo(origin.authority());
            answer(house.homeAssistant().totpCode(ben));

            browser.await(LivePage.READY);
            assertThat(browser.address().getAuthority()).isEqualTo(elsewhere.authority());
            assertThat(browser.complaintsAbout(house.at("/"))).isEmpty();
            assertThat(browser.complaintsAbout(elsewhere.resolve("/"))).isEmpty();
        }
    }

    private void answer(String code) {
        browser.type("answer", code);
        browser.click(BUTTON);
    }

    /// @return the id of Ben's Home Assistant user, made by a first sign-in in another browser
    private static String userWithSecondFactor(GatewayHouse house) {
        try (Chromium earlier = new Chromium()) {
            earlier.open(house.at("/"));
            earlier.await(LivePage.READY);
        }
        HomeUser ben = house.homeAssistant().userNamed("Ben").orElseThrow();
        house.homeAssistant().enableTotp(ben.id());
        return ben.id();
    }
}
