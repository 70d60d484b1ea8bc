package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.testhouse.openid.Endpoint;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Companion apps come in by hand-off, through a whole gateway. Who must not is in
/// [HandOffAttackTest].
class HandOffTest {

    private final TestHouse house = new TestHouse();
    private final CompanionPhone phone = new CompanionPhone(house, CompanionPhone.ANDROID);
    private final VisitorBrowser browser = new VisitorBrowser();

    @BeforeEach
    void benIsAtTheProvider() {
        house.provider().signInAutomaticallyAs("ben");
    }

    @AfterEach
    void close() {
        browser.close();
        phone.close();
        house.close();
    }

    private String benSignsInFor(Answer page) {
        return CompanionPhone.codeIn(CompanionPhone.signIn(browser, phone.leaveFrom(page)));
    }

    private int configAs(SignedIn app) {
        return house.get(phone.client(), "/api/config", app.accessToken()).status();
    }

    private static void assertNothingOpened(Answer answer) {
        assertThat(answer.location()).doesNotContain("homeassistant:");
        assertThat(answer.body()).doesNotContain("auth-callback");
    }

    @Test
    void theCodeOfTheBrowserLetsTheAppIn() {
        Answer page = phone.open();

        String code = benSignsInFor(page);
        Answer back = phone.type(CompanionPhone.linkIn(page), code);

        assertThat(configAs(phone.redeem(back))).isEqualTo(200);
        assertThat(house.gateway().facts().grants().list())
                .extracting(GrantSummary::name)
                .containsExactly(
                        "Home Assistant for Android, Home Assistant 2026.9.1-full"
                                + " (Android 16; Pixel 9)");
        assertThat(house.homeAssistant().userNamed("Ben")).isPresent();
        assertThat(house.isAudited("HandOffBegun")).isTrue();
        assertThat(house.isAudited("HandOffConfirmed")).isTrue();
        assertThat(house.isAudited("HandOffFinished")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://home-assistant.io/iOS, homeassistant://auth-callback",
        "https://home-assistant.io/android, homeassistant://auth-callback",
        "https://home-assistant.io/android,"
                + " https://wear.googleapis.com/3p_auth/io.homeassistant.companion.android",
        "https://home-assistant.io/android,"
                + " https://wear.googleapis-cn.com/3p_auth/io.homeassistant.companion.android"
    })
    void everyAppGetsOurPageAndIsNeverSentToTheProvider(String clientId, String redirectUri) {
        Answer page =
                browser.walk(CompanionPhone.authorize(house, clientId, redirectUri), "nowhere");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("<h1>Sign in to the app</h1>")
                .contains("data:image/svg+xml")
                .contains(house.at("/auth/app/").toString());
        assertThat(house.homeAssistant().record().requests())
                .noneMatch(request -> request.target().startsWith("/auth/login_flow"));
    }

    @Test
    void theBrowserThatShowsTheCodeIsNotSignedInByIt() {
        Answer shown = CompanionPhone.signIn(browser, phone.leave());

        assertThat(shown.body()).contains("This browser is not signed in by it");
        assertThat(house.isAudited("SignedIn")).isFalse();
    }

    /// Otherwise the phone of somebody who uses nothing else outlives their dismissal.
    @Test
    void whoeverSignsAnAppInCanBeAskedAboutAtTheirProviderFromThenOn() {
        Answer page = phone.open();

        String code = benSignsInFor(page);

        assertThat(lastingProofs()).isEqualTo(1);
        assertThat(configAs(phone.redeem(typed(page, code)))).isEqualTo(200);
    }

    private int lastingProofs() {
        return house.gateway()
                .facts()
                .adoption()
                .database()
                .read(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT COUNT(*) FROM liveness_proof
                                                 WHERE token_sealed IS NOT NULL AND is_lasting
                                                """)
                                        .mapTo(Integer.class)
                                        .one());
    }

    /// Where the browser goes after the sign-in itself.
    private URI silentQuestion() {
        URI callback =
                URI.create(
                        browser.walk(phone.leave(), house.at("/auth/vestibule/callback").toString())
                                .location());
        URI asked = URI.create(browser.get(callback).location());
        assertThat(house.provider().requests(Endpoint.PAR).getLast().form())
                .containsEntry("prompt", List.of("none"));
        return asked;
    }

    @Test
    void theCodeIsShownAlsoWhereTheProviderGivesNoTokenForAsking() {
        URI asked = silentQuestion();
        house.provider().signOut("ben");

        Answer shown = browser.walk(asked, "nowhere");

        assertThat(CompanionPhone.codeIn(shown)).isNotEmpty();
        assertThat(lastingProofs()).isZero();
    }

    /// Attack: the provider's answer opened elsewhere, to see the code.
    @Test
    void nobodyElsesBrowserSeesTheCodeAfterThat() {
        String back =
                browser.walk(silentQuestion(), house.at("/auth/vestibule/callback").toString())
                        .location();

        try (VisitorBrowser another = new VisitorBrowser()) {
            assertThat(another.get(URI.create(back)).body()).doesNotContain("You are signed in as");
        }
        assertThat(CompanionPhone.codeIn(browser.get(URI.create(back)))).isNotEmpty();
    }

    @Test
    void whoeverIsSuspendedMeanwhileSeesNoCode() {
        URI asked = silentQuestion();
        house.suspend("ben");

        Answer shown = browser.walk(asked, "nowhere");

        assertThat(shown.body()).doesNotContain("You are signed in as");
        assertThat(house.isAudited("HandOffConfirmed")).isFalse();
    }

    @Test
    void thePersonProvesAnewWhoTheyAre() {
        phone.leave();

        Map<String, List<String>> asked = house.provider().requests(Endpoint.PAR).getLast().form();
        assertThat(asked.get("prompt")).containsExactly("login");
        assertThat(asked.get("max_age")).containsExactly("0");
    }

    @Test
    void anotherScreenOpensTheAddressHearsWhatItIsForAndGoesOn() {
        Answer page = phone.open();
        URI address = house.at("/auth/app/" + CompanionPhone.linkIn(page));

        Answer told = browser.get(address);

        assertThat(told.body())
                .contains("Home Assistant for Android")
                .contains("Home Assistant 2026.9.1-full (Android 16; Pixel 9)")
                .contains("127.0.0.1")
                .contains("less than a minute ago")
                .contains("Go on only if you started this yourself");
        Answer shown = CompanionPhone.signIn(browser, house.at(continueIn(told)));
        assertThat(shown.body())
                .contains("You are signed in as Ben")
                .contains("Nobody from support will ask for it")
                .contains("Pixel 9")
                .contains("127.0.0.1");
        assertThat(configAs(phone.redeem(typed(page, CompanionPhone.codeIn(shown)))))
                .isEqualTo(200);
    }

    private static String continueIn(Answer page) {
        return page.body()
                .replaceAll("(?s).*<a class=\"button\" href=\"([^\"]+)\">Continue</a>.*", "$1")
                .replace("&amp;", "&");
    }

    private Answer typed(Answer page, String code) {
        return phone.type(CompanionPhone.linkIn(page), code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "\u00ad%s", "lower %s"})
    void aCodeIsReadAsPeopleTypeIt(String form) {
        Answer page = phone.open();
        String code = benSignsInFor(page);

        String typed =
                form.startsWith("lower ")
                        ? code.toLowerCase(Locale.ROOT).replace("-", " ")
                        : form.formatted(code);

        assertThat(CompanionPhone.appCode(typed(page, typed))).isNotEmpty();
    }

    @Test
    void thePageKnowsWhenToTypeTheCodeAndNotWhose() {
        Answer page = phone.open();
        String link = CompanionPhone.linkIn(page);
        assertThat(phone.state(link)).isEqualTo("waiting");

        String code = benSignsInFor(page);

        assertThat(phone.state(link)).isEqualTo("confirmed");
        phone.type(link, code);
        assertThat(phone.state(link)).isEqualTo("over");
    }

    /// The system stops an app in the background, and it begins again where it was.
    @Test
    void thePageLoadedAnewOrInASecondTabIsTheSameHandOff() {
        Answer page = phone.open();
        String code = benSignsInFor(page);

        Answer again = phone.open();

        assertThat(CompanionPhone.linkIn(again)).isEqualTo(CompanionPhone.linkIn(page));
        assertThat(configAs(phone.redeem(typed(again, code)))).isEqualTo(200);
        Answer second = typed(page, code);
        assertThat(second.body()).contains("This sign-in is over");
        assertNothingOpened(second);
    }

    @Test
    void signingInOnceMoreGivesAnotherCodeInPlaceOfTheFirst() {
        Answer page = phone.open();
        String first = benSignsInFor(page);
        String second = benSignsInFor(page);

        assertThat(typed(page, first).body()).contains("That is not the code");
        assertThat(CompanionPhone.appCode(typed(page, second))).isNotEmpty();
    }

    /// A provider of the same host, or an app that shows every host.
    @Test
    void aWebViewThatCameBackItselfNeedsOneClickAndNoTyping() {
        Answer page = phone.open();

        Answer asked = CompanionPhone.signIn(phone.view(), phone.leaveFrom(page));

        assertThat(asked.body()).contains("<h1>Let the app in?</h1>").contains("Ben");
        assertNothingOpened(asked);
        Answer back = typed(page, CompanionPhone.hiddenCodeIn(asked));
        assertThat(configAs(phone.redeem(back))).isEqualTo(200);
    }

    @Test
    void theSecondFactorOfHomeAssistantIsAskedForInTheAppsPage() {
        phone.redeem(typed(phone.open(), benSignsInFor(phone.open())));
        String ben = house.homeAssistant().userNamed("Ben").orElseThrow().id();
        house.homeAssistant().enableTotp(ben);
        Answer page = phone.open();

        Answer asked = typed(page, benSignsInFor(page));

        assertThat(asked.body()).contains("One more step");
        Answer back =
                phone.view()
                        .postForm(
                                house.at("/auth/vestibule/mfa"),
                                Map.of(
                                        "question",
                                        questionIn(asked),
                                        "answer",
                                        house.homeAssistant().totpCode(ben)),
                                "Sec-Fetch-Site",
                                "same-origin");
        assertThat(configAs(phone.redeem(back))).isEqualTo(200);
    }

    private static String questionIn(Answer page) {
        return page.body().replaceAll("(?s).*name=\"question\" value=\"([^\"]+)\".*", "$1");
    }

    @Test
    void theAppOutlivesEveryBrowserAndNeedsNoCookie() throws Exception {
        SignedIn app = phone.signIn(browser);
        String webhook = house.registerPhone(phone.client(), app.accessToken());
        house.signIn(browser, "ben");
        browser.postForm(
                house.at("/auth/vestibule/sign-out"),
                Map.of("where", "here"),
                "Sec-Fetch-Site",
                "same-origin");
        assertThat(house.isAudited("SessionEnded")).isTrue();

        Answer fresh = house.refresh(phone.client(), app.refreshToken(), CompanionPhone.ANDROID);

        assertThat(fresh.status()).isEqualTo(200);
        String token = GatewayHouse.json(fresh).path("access_token").asText();
        assertThat(house.get(phone.client(), "/api/config", token).status()).isEqualTo(200);
        assertThat(house.callWebhook(phone.client(), webhook)).isEqualTo(200);
        for (String path : List.of("/", "/manifest.json", "/?external_auth=1")) {
            assertThat(phone.client().get(house.at(path)).status()).as(path).isEqualTo(200);
        }
        assertThat(headOfStart()).isEqualTo(200);
        try (VisitorSocket socket = house.openSocket(phone.client())) {
            assertThat(socket.authenticate(token)).isEqualTo("auth_ok");
        }
    }

    private int headOfStart() throws IOException, InterruptedException {
        return phone.client()
                .http()
                .send(
                        HttpRequest.newBuilder(house.at("/")).HEAD().build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aSuspendedPersonsAppIsOut() {
        SignedIn app = phone.signIn(browser);

        house.suspend("ben");

        assertThat(configAs(app)).isEqualTo(401);
        assertThat(house.refresh(phone.client(), app.refreshToken(), CompanionPhone.ANDROID).body())
                .contains("invalid_grant");
    }

    @Test
    void aHomeAssistantThatIsAwayCostsNoCode() {
        Answer page = phone.open();
        String code = benSignsInFor(page);
        house.homeAssistant().stop();
        Eventually.become(HomeAssistantStatus.Away.class, this::home);

        Answer away = typed(page, code);

        assertThat(away.status()).isEqualTo(503);
        assertThat(away.body()).contains("Home Assistant is not answering");
        house.homeAssistant().startAgain();
        Eventually.become(HomeAssistantStatus.Connected.class, this::home);
        assertThat(configAs(phone.redeem(typed(page, code)))).isEqualTo(200);
    }

    private HomeAssistantStatus home() {
        return house.gateway().homes().getFirst().homeAssistant().status();
    }
}
