package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.GatewayHouse;
import dev.vestibule.TestHouse;
import dev.vestibule.config.AppSignIn;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

/// The hand-off as a person does it, in Chromium under each app's rules, with another Chromium as
/// the system's browser. The gateway is `localhost`, the provider `127.0.0.1`: to an app another
/// host.
class HandOffPagesTest {

    static final String ANDROID = "https://home-assistant.io/android";
    private static final String IOS = "https://home-assistant.io/iOS";
    private static final By PROVIDER = By.partialLinkText("Continue with");
    private static final By SUBMIT = By.cssSelector("form button[type='submit']");
    private static final By CODE = By.cssSelector("code.large");
    private static final By CONFIRMED = By.cssSelector(".status[data-state='confirmed']");

    @AutoClose private final Chromium system = new Chromium();
    @AutoClose private final VisitorBrowser client = new VisitorBrowser();

    static URI authorize(GatewayHouse house, String clientId) {
        return house.at(
                "/auth/authorize?response_type=code&client_id="
                        + VisitorBrowser.encode(clientId)
                        + "&redirect_uri="
                        + VisitorBrowser.encode("homeassistant://auth-callback"));
    }

    private static TestHouse house() {
        TestHouse house = new TestHouse();
        house.provider().signInAutomaticallyAs("ben");
        return house;
    }

    /// As the app goes on: without the view and its cookies.
    private void assertAppWorks(GatewayHouse house, String clientId, URI answer) {
        String code = answer.getQuery().replace("code=", "");
        JsonNode tokens =
                GatewayHouse.json(
                        client.postForm(
                                house.at("/auth/token"),
                                Map.of(
                                        "grant_type",
                                        "authorization_code",
                                        "code",
                                        code,
                                        "client_id",
                                        clientId)));
        String token = tokens.path("access_token").asText();
        String webhook = house.registerPhone(client, token);
        assertThat(house.callWebhook(client, webhook)).isEqualTo(200);
        try (VisitorSocket socket = house.openSocket(client)) {
            assertThat(socket.authenticate(token)).isEqualTo("auth_ok");
        }
        String refreshToken = tokens.path("refresh_token").asText();
        assertThat(house.refresh(client, refreshToken, clientId).status()).isEqualTo(200);
    }

    @Test
    void underAndroidsRulesThePersonGoesToTheBrowserAndComesBackWithACode() {
        try (TestHouse house = house();
                AppView view = new AppView(AppView.Rules.ANDROID, "localhost")) {
            view.browser().open(authorize(house, ANDROID));
            PageCheck.assertShows(
                    view.browser(), house.at("/"), "Sign in to the app", "hand-off-app");

            view.tap(PROVIDER);
            system.open(view.awaitOutside());

            PageCheck.assertShows(
                    system, house.at("/"), "Type this code into the app", "hand-off-code");
            view.browser().await(CONFIRMED);
            view.browser().takePictures("hand-off-app-confirmed");
            view.browser().type("code", system.await(CODE).getText());
            view.browser().click(SUBMIT);
            assertAppWorks(house, ANDROID, view.awaitAnswer());
            assertThat(view.browser().complaintsAbout(house.at("/"))).isEmpty();
        }
    }

    @Test
    void underTheRulesOfIosTheBrowserOpensOurAddressAndTheCodeComesBack() {
        try (TestHouse house = house();
                AppView view = new AppView(AppView.Rules.IOS, "localhost")) {
            view.browser().open(authorize(house, IOS));
            view.browser().awaitHeading("Sign in to the app");

            view.tap(PROVIDER);
            URI given = view.awaitOutside();

            assertThat(given.getHost()).isEqualTo("localhost");
            system.open(given);
            system.awaitHeading("Type this code into the app");
            view.browser().type("code", system.await(CODE).getText());
            view.browser().click(SUBMIT);
            assertAppWorks(house, IOS, view.awaitAnswer());
            assertThat(view.browser().complaintsAbout(house.at("/"))).isEmpty();
        }
    }

    @Test
    void byConfigurationTheSignInStaysInTheViewOfIosAndOneClickIsLeft() {
        try (TestHouse house = new TestHouse(HandOffPagesTest::inApp);
                AppView view = new AppView(AppView.Rules.IOS, "localhost")) {
            house.provider().signInAutomaticallyAs("ben");
            view.browser().open(authorize(house, IOS));

            view.tap(PROVIDER);

            PageCheck.assertShows(
                    view.browser(), house.at("/"), "Let the app in?", "hand-off-consent");
            assertThat(view.hasLeft()).isFalse();
            view.browser().click(SUBMIT);
            assertAppWorks(house, IOS, view.awaitAnswer());
            assertThat(view.browser().complaintsAbout(house.at("/"))).isEmpty();
        }
    }

    private static SignInConfig inApp(SignInConfig plain) {
        return new SignInConfig(
                plain.localLogin(),
                plain.linking(),
                plain.passkeys(),
                AppSignIn.IN_APP,
                plain.breakGlass(),
                plain.kiosks());
    }

    @Test
    void aSecondFactorOfHomeAssistantIsAskedForInTheView() {
        try (TestHouse house = house();
                AppView view = new AppView(AppView.Rules.ANDROID, "localhost")) {
            house.signIn(client, "ben");
            HomeUser ben = house.homeAssistant().userNamed("Ben").orElseThrow();
            house.homeAssistant().enableTotp(ben.id());
            view.browser().open(authorize(house, ANDROID));
            view.tap(PROVIDER);
            system.open(view.awaitOutside());

            view.browser().type("code", system.await(CODE).getText());
            view.browser().click(SUBMIT);
            view.browser().awaitHeading("One more step");
            view.browser().type("answer", house.homeAssistant().totpCode(ben.id()));
            view.browser().click(SUBMIT);

            assertAppWorks(house, ANDROID, view.awaitAnswer());
            assertThat(view.browser().complaintsAbout(house.at("/"))).isEmpty();
        }
    }

    private static URI shortAddress(AppView view) {
        return URI.create(
                view.browser().await(By.xpath("//dd[contains(text(), '/auth/app/')]")).getText());
    }

    /// Passkeys work in neither app.
    @Test
    void aPasskeyOnAnotherScreenLetsTheAppInWhileTheProviderIsStopped() {
        try (TestHouse house = new TestHouse(HandOffPagesTest::withPasskeys);
                AppView view = new AppView(AppView.Rules.ANDROID, "localhost")) {
            house.provider().signInAutomaticallyAs("ben");
            var _ = system.plugInAuthenticator();
            system.open(house.at("/"));
            system.click(By.cssSelector("a[href^='/auth/vestibule/sign-in/op']"));
            system.await(LivePage.READY);
            system.open(house.at("/auth/vestibule/passkeys"));
            system.type("name", "My laptop");
            system.click(By.cssSelector("#passkey-add button"));
            system.awaitText("The passkey was added.");
            house.provider().goAway();

            view.browser().open(authorize(house, ANDROID));
            system.open(shortAddress(view));
            system.click(By.linkText("Continue"));
            system.click(By.xpath("//button[normalize-space()='Use a passkey']"));

            system.awaitHeading("Type this code into the app");
            view.browser().type("code", system.await(CODE).getText());
            view.browser().click(SUBMIT);
            assertAppWorks(house, ANDROID, view.awaitAnswer());
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

    @Test
    void anotherScreenComesByTheShortAddressAndThePageWorksWithoutScripts() {
        try (TestHouse house = house();
                AppView view = new AppView(AppView.Rules.ANDROID, "localhost")) {
            view.browser().runScripts(false);
            view.browser().open(authorize(house, ANDROID));
            system.open(shortAddress(view));
            PageCheck.assertShows(system, house.at("/"), "Sign in for an app", "hand-off-link");
            system.click(By.linkText("Continue"));
            system.awaitHeading("Type this code into the app");
            view.browser().type("code", "2222-2222");
            view.browser().click(SUBMIT);
            view.browser().awaitText("That is not the code. You have 4 more tries.");
            view.browser().takePictures("hand-off-app-wrong");
            view.browser().type("code", system.await(CODE).getText().toLowerCase(Locale.ROOT));
            view.browser().click(SUBMIT);

            assertAppWorks(house, ANDROID, view.awaitAnswer());
        }
    }
}
