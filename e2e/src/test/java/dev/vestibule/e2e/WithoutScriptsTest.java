package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse;
import dev.vestibule.Tablets;
import dev.vestibule.TestHouse;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.BreakGlassConfig;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.config.KioskConfig.DeviceKey;
import dev.vestibule.config.Linking;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/// Our own pages in a browser whose scripts are switched off: forms and links lead everywhere where
/// no device has to sign anything, and where one has, the page says what is missing.
class WithoutScriptsTest {

    private static final By SUBMIT = By.cssSelector("form button[type='submit']");
    private static final By CODE = By.cssSelector("code.large");
    private static final By PROVIDER = By.linkText("Continue with op");
    private static final String PASSWORD = "correct horse";
    private static final String APP = "https://home-assistant.io/android";

    @AutoClose private final Chromium browser = new Chromium();

    /// The way through one kind of page.
    interface Walk {
        void go(Chromium browser);
    }

    static Stream<Named<Walk>> walks() {
        return Stream.of(
                Named.of("choosing a provider, beside passkeys", WithoutScriptsTest::signInPage),
                Named.of("consent", WithoutScriptsTest::consent),
                Named.of("the password of Home Assistant", WithoutScriptsTest::localLogin),
                Named.of("linking", WithoutScriptsTest::linking),
                Named.of("the code of a hand-off", WithoutScriptsTest::handOff),
                Named.of("a tablet by its network", WithoutScriptsTest::tablet),
                Named.of("a tablet that needs a key", WithoutScriptsTest::tabletWithKey),
                Named.of("approving a tablet", WithoutScriptsTest::approval),
                Named.of("emergency access", WithoutScriptsTest::breakGlass),
                Named.of("one's passkeys, and signing out", WithoutScriptsTest::signOut));
    }

    @ParameterizedTest
    @MethodSource("walks")
    void aPersonGetsThroughOrIsTold(Walk walk) {
        browser.runScripts(false);
        walk.go(browser);
    }

    private static void assertArrives(Chromium browser, GatewayHouse house) {
        browser.awaitAddress(house.landing() + "&code=");
        assertNothingIsRefused(browser, house);
    }

    private static void assertNothingIsRefused(Chromium browser, GatewayHouse house) {
        assertThat(browser.complaintsAbout(house.at("/"))).isEmpty();
    }

    private static void signInPage(Chromium browser) {
        try (TestHouse house = new TestHouse(WithoutScriptsTest::withPasskeys)) {
            house.provider().signInAutomaticallyAs("ben");
            browser.open(house.authorizeAddress());
            browser.awaitHeading("Sign in");
            browser.awaitText("or its scripts are switched off");

            browser.click(PROVIDER);

            assertArrives(browser, house);
        }
    }

    private static SignInConfig withPasskeys(SignInConfig plain) {
        return new SignInConfig(
                plain.localLogin(),
                plain.linking(),
                true,
                plain.apps(),
                plain.breakGlass(),
                plain.kiosks());
    }

    /// The program is a page of the provider's server: it is a stranger here like any other.
    private static void consent(Chromium browser) {
        ClientsConfig asking =
                new ClientsConfig(List.of(), List.of(), List.of(), UnknownClients.ASK);
        try (TestHouse house = new TestHouse(asking)) {
            house.provider().signInAutomaticallyAs("ben");
            String program = "http://" + house.provider().issuer().getAuthority() + "/";
            URI request =
                    house.at(
                            "/auth/authorize?response_type=code&state=s&client_id="
                                    + VisitorBrowser.encode(program)
                                    + "&redirect_uri="
                                    + VisitorBrowser.encode(program + "program")
                                    + "&code_challenge_method=S256&code_challenge="
                                    + "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
            browser.open(request);
            browser.awaitText("has listed this program");
            browser.click(By.cssSelector("button[value='refuse']"));
            browser.awaitHeading("Nothing was given");

            browser.open(request);
            browser.click(By.cssSelector("button[value='allow']"));

            browser.awaitAddress(program + "program?");
            assertThat(browser.address().getQuery()).contains("code=", "state=s");
        }
    }

    private static void typeLogin(Chromium browser, String password) {
        browser.type("username", "greta");
        browser.type("password", password);
        browser.click(SUBMIT);
    }

    private static void localLogin(Chromium browser) {
        try (TestHouse house =
                new TestHouse(plain -> with(plain, LocalLogin.ON, Linking.OFF, false))) {
            HomeUser greta =
                    house.homeAssistant().addUser("Greta", "greta", PASSWORD, "system-users");
            house.homeAssistant().enableTotp(greta.id());
            browser.open(house.authorizeAddress());
            typeLogin(browser, "wrong");
            browser.awaitText("User name or password is not right");
            assertNothingIsRefused(browser, house);
            typeLogin(browser, PASSWORD);
            browser.awaitHeading("One more step");
            browser.type("answer", house.homeAssistant().totpCode(greta.id()));
            browser.click(SUBMIT);

            assertArrives(browser, house);
        }
    }

    private static SignInConfig with(
            SignInConfig plain, LocalLogin localLogin, Linking linking, boolean isAnywhere) {
        return new SignInConfig(
                localLogin,
                linking,
                plain.passkeys(),
                plain.apps(),
                new BreakGlassConfig(
                        plain.breakGlass().name(), plain.breakGlass().lifetime(), isAnywhere),
                plain.kiosks());
    }

    private static void linking(Chromium browser) {
        try (TestHouse house =
                new TestHouse(plain -> with(plain, LocalLogin.OFF, Linking.OFFER, false))) {
            house.homeAssistant().addUser("Greta", "greta", PASSWORD, "system-users");
            house.provider().signInAutomaticallyAs("ben");
            browser.open(house.authorizeAddress());
            browser.awaitHeading("Do you have a login in Home Assistant already?");

            browser.click(By.cssSelector("button[value='none']"));

            assertArrives(browser, house);
        }
    }

    private static void handOff(Chromium browser) {
        try (TestHouse house = new TestHouse();
                AppView view = new AppView(AppView.Rules.ANDROID, "localhost")) {
            house.provider().signInAutomaticallyAs("ben");
            view.browser().runScripts(false);
            view.browser()
                    .open(
                            house.at(
                                    "/auth/authorize?response_type=code&client_id="
                                            + VisitorBrowser.encode(APP)
                                            + "&redirect_uri="
                                            + VisitorBrowser.encode(
                                                    "homeassistant://auth-callback")));
            view.tap(PROVIDER);
            browser.open(view.awaitOutside());
            browser.awaitHeading("Type this code into the app");

            view.browser().type("code", browser.await(CODE).getText());
            view.browser().click(SUBMIT);

            assertThat(view.awaitAnswer().getQuery()).contains("code=");
        }
    }

    private static void tablet(Chromium browser) {
        try (TestHouse house =
                new TestHouse(Tablets.kiosk("hallway", "127.0.0.1", DeviceKey.OFF))) {
            browser.open(house.authorizeAddress());

            assertArrives(browser, house);
        }
    }

    private static void tabletWithKey(Chromium browser) {
        try (TestHouse house =
                new TestHouse(Tablets.kiosk("hallway", "127.0.0.1", DeviceKey.REQUIRED))) {
            browser.open(house.authorizeAddress());

            browser.click(By.partialLinkText("hallway"));

            browser.awaitHeading("Wall tablet “hallway”");
            browser.awaitText("This needs scripts");
        }
    }

    private static void approval(Chromium browser) {
        try (TestHouse house =
                        new TestHouse(Tablets.kiosk("hallway", "127.0.0.1", DeviceKey.REQUIRED));
                Chromium tablet = new Chromium()) {
            tablet.open(house.at("/"));
            tablet.click(By.partialLinkText("hallway"));
            String code = tablet.await(CODE).getText();
            house.provider().signInAutomaticallyAs("ada");
            browser.open(house.at("/auth/vestibule/kiosk/approve"));
            browser.click(PROVIDER);
            browser.type("code", "2222-2222");
            browser.click(SUBMIT);
            browser.awaitText("No tablet waits with that code");
            browser.type("code", code);
            browser.click(SUBMIT);
            browser.awaitHeading("Approve “hallway”?");

            browser.click(SUBMIT);

            browser.awaitHeading("“hallway” is approved");
        }
    }

    private static void breakGlass(Chromium browser) {
        try (TestHouse house =
                new TestHouse(plain -> with(plain, LocalLogin.OFF, Linking.OFF, true))) {
            ControlOutcome told = house.gateway().commands().emergency().breakGlass("", false);
            String code = ((ControlOutcome.NewToken) told).token().reveal();
            browser.open(house.at("/auth/vestibule/break-glass"));
            browser.type("code", "2222-2222-2222");
            browser.click(SUBMIT);
            browser.awaitText("This code opens nothing");
            assertNothingIsRefused(browser, house);

            browser.type("code", code);
            browser.click(SUBMIT);

            browser.awaitHeading("Simulated home");
            browser.open(house.authorizeAddress());
            assertArrives(browser, house);
        }
    }

    private static void signOut(Chromium browser) {
        try (TestHouse house = new TestHouse(WithoutScriptsTest::withPasskeys)) {
            house.provider().signInAutomaticallyAs("ben");
            browser.open(house.authorizeAddress());
            browser.click(PROVIDER);
            assertArrives(browser, house);
            browser.open(house.at("/auth/vestibule/passkeys"));
            browser.awaitHeading("Your passkeys");
            browser.awaitText("or its scripts are switched off");

            browser.open(house.at("/auth/vestibule/sign-out"));
            browser.click(By.cssSelector("button[value='here']"));

            browser.awaitHeading("You are signed out");
            browser.click(By.linkText("Sign in"));
            browser.await(PROVIDER);
        }
    }
}
