package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse;
import dev.vestibule.TestHouse;
import dev.vestibule.config.BreakGlassConfig;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.http.Language;
import dev.vestibule.http.Messages;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.openqa.selenium.By;

import java.net.URI;
import java.util.List;

/// Our pages in the other languages, whose words are longer: nothing is cut off on a phone, and
/// screen readers are told how to read it. Pictures stand in `e2e/target/screenshots`.
class LanguagePagesTest {

    private static final By SUBMIT = By.cssSelector("form button[type='submit']");
    private static final By PROVIDER = By.cssSelector("a[href^='/auth/vestibule/sign-in/op']");
    private static final String APP = "https://home-assistant.io/android";

    @AutoClose private final Chromium browser = new Chromium();

    private static SignInConfig everyWay(SignInConfig plain) {
        return new SignInConfig(
                LocalLogin.ON,
                plain.linking(),
                true,
                plain.apps(),
                new BreakGlassConfig(
                        plain.breakGlass().name(), plain.breakGlass().lifetime(), true),
                plain.kiosks());
    }

    private void assertShows(GatewayHouse house, Language language, String key, String picture) {
        PageCheck.assertShows(
                browser,
                house.at("/"),
                Messages.text(key).in(language),
                picture + "-" + language.tag());
        assertThat(browser.await(By.tagName("html")).getDomAttribute("lang"))
                .isEqualTo(language.tag());
    }

    private static URI request(GatewayHouse house, String clientId, String redirectUri) {
        return house.at(
                "/auth/authorize?response_type=code&state=s&client_id="
                        + VisitorBrowser.encode(clientId)
                        + "&redirect_uri="
                        + VisitorBrowser.encode(redirectUri)
                        + "&code_challenge_method=S256"
                        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ENGLISH")
    void everyWayInFits(Language language) {
        try (TestHouse house = new TestHouse(LanguagePagesTest::everyWay)) {
            house.provider().signInAutomaticallyAs("ben");
            browser.speak(language.tag());
            browser.open(house.authorizeAddress());
            assertShows(house, language, "login.choose.title", "sign-in");
            browser.type("username", "ben");
            browser.type("password", "wrong");
            browser.click(By.cssSelector("form[action$='/local'] button"));
            assertShows(house, language, "local.title", "local-login-wrong");

            browser.open(house.at("/auth/vestibule/break-glass"));
            browser.type("code", "2222-2222-2222");
            browser.click(SUBMIT);
            assertShows(house, language, "break-glass.title", "break-glass-wrong");

            browser.open(request(house, APP, "homeassistant://auth-callback"));
            assertShows(house, language, "handoff.page.title", "hand-off-app");
            browser.open(
                    URI.create(
                            browser.await(By.xpath("//dd[contains(text(), '/auth/app/')]"))
                                    .getText()));
            assertShows(house, language, "handoff.link.title", "hand-off-link");

            browser.open(house.authorizeAddress());
            browser.click(PROVIDER);
            browser.await(LivePage.READY);
            browser.open(house.at("/auth/vestibule/passkeys"));
            assertShows(house, language, "passkey.list.title", "passkeys");
            browser.open(house.at("/auth/vestibule/sign-out"));
            assertShows(house, language, "login.sign-out.title", "sign-out");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ENGLISH")
    void consentFits(Language language) {
        ClientsConfig asking =
                new ClientsConfig(List.of(), List.of(), List.of(), UnknownClients.ASK);
        try (TestHouse house = new TestHouse(asking)) {
            house.provider().signInAutomaticallyAs("ben");
            browser.speak(language.tag());
            browser.open(request(house, "http://localhost:1/", "http://localhost:1/program"));
            browser.await(By.cssSelector("button[value='refuse']"));

            PageCheck.assertShows(
                    browser,
                    house.at("/"),
                    Messages.text("consent.title", "localhost:1").in(language),
                    "consent-stranger-" + language.tag());
        }
    }
}
