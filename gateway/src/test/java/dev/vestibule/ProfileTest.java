package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.Linking;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What people see of themselves, what they end of their own, and that it is never somebody else's:
/// Ben in two browsers, and Ada, in a whole gateway.
final class ProfileTest {

    private static final String PROFILE = "/auth/vestibule/profile";
    private static final String BROWSERS = PROFILE + "/browsers";
    private static final String APPS = PROFILE + "/apps";
    private static final String SIGN_OUT = "/auth/vestibule/sign-out";
    private static final String CONSOLE = "href=\"/auth/vestibule/console\"";
    private static final String PASSKEYS = "href=\"/auth/vestibule/passkeys\"";
    private static final String LINK = "href=\"/auth/vestibule/local/link\"";
    private static final Pattern SESSION = Pattern.compile("name=\"session\" value=\"([^\"]+)\"");
    private static final Pattern GRANT = Pattern.compile("name=\"grant\" value=\"([^\"]+)\"");
    private static final String FIREFOX =
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final String CHROME =
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/126.0.0.0 Mobile Safari/537.36";

    private static final InetAddress ITS_PLACE = InetAddress.ofLiteral("127.0.0.7");

    private final TestHouse house =
            new TestHouse(Plan.USUAL.changed(Tablets.named("hallway", "127.0.0.7")));
    private final VisitorBrowser ada = browser("");
    private final VisitorBrowser desk = browser(FIREFOX);
    private final VisitorBrowser phone = browser(CHROME);

    private static VisitorBrowser browser(String userAgent) {
        VisitorBrowser browser = new VisitorBrowser();
        browser.carry("Sec-Fetch-Site", "same-origin", "User-Agent", userAgent);
        return browser;
    }

    @AfterEach
    void close() {
        ada.close();
        desk.close();
        phone.close();
        house.close();
    }

    private String page(VisitorBrowser browser, String path) {
        Answer answer = browser.get(house.at(path));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private List<String> ids(Pattern pattern, VisitorBrowser browser, String path) {
        return pattern.matcher(page(browser, path)).results().map(id -> id.group(1)).toList();
    }

    private Answer end(VisitorBrowser browser, String path, String name, String id) {
        return browser.postForm(house.at(path), Map.of(name, id));
    }

    private int status(VisitorBrowser browser, String accessToken) {
        return house.get(browser, "/api/config", accessToken).status();
    }

    private String makeToken(VisitorBrowser browser, SignedIn signedIn, String name) {
        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(signedIn.accessToken())).isEqualTo("auth_ok");
            return socket.call(
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("type", "auth/long_lived_access_token")
                                    .put("client_name", name)
                                    .put("lifespan", 365))
                    .asText();
        }
    }

    @Test
    void whoeverIsNotSignedInSignsInAndComesBack() {
        house.provider().signInAutomaticallyAs("ben");

        Answer answer = desk.walk(house.at(BROWSERS), "nowhere");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("<h1>Browsers</h1>", "this browser");
    }

    @Test
    void everybodySeesWhoTheyAreAndHowTheySignedIn() {
        house.signIn(desk, "ben");
        house.signIn(ada, "ada");

        assertThat(page(desk, PROFILE))
                .contains("Ben", "<dd>ben", "<dd>user", "<dd>at op", "How you sign in")
                .doesNotContain("Ada", CONSOLE);
        assertThat(page(ada, PROFILE)).contains("Ada", "administrator", CONSOLE);
    }

    @Test
    void aBrowserThatWasLeftOpenIsSignedOutFromAnotherAndNothingElseEnds() {
        SignedIn atDesk = house.signIn(desk, "ben");
        SignedIn onPhone = house.signIn(phone, "ben");
        SignedIn adas = house.signIn(ada, "ada");
        VisitorSocket socket = house.openSocket(phone);
        socket.authenticate(onPhone.accessToken());
        assertThat(page(desk, BROWSERS))
                .contains("Firefox, Linux", "Chrome, Android", "127.0.0.1", "this browser");

        Answer ended = end(desk, BROWSERS, "session", ids(SESSION, desk, BROWSERS).getFirst());

        assertThat(ended.status()).isEqualTo(302);
        assertThat(socket.awaitClose()).isEqualTo(1008);
        assertThat(status(phone, onPhone.accessToken())).isEqualTo(401);
        assertThat(phone.get(house.at(PROFILE)).status()).isEqualTo(302);
        assertThat(desk.get(URI.create(ended.location())).body())
                .contains("Signed out. What was open there is closed.", "Firefox, Linux")
                .doesNotContain("Chrome, Android");
        assertThat(status(desk, atDesk.accessToken())).isEqualTo(200);
        assertThat(status(ada, adas.accessToken())).isEqualTo(200);
        assertThat(house.isAuditedFor("ended by its person")).isTrue();
    }

    @Test
    void aBrowserCannotSignItselfOutHereWhereItWouldNotHearOfIt() {
        SignedIn atDesk = house.signIn(desk, "ben");
        house.signIn(phone, "ben");
        String own = ids(SESSION, phone, BROWSERS).getFirst();

        Answer answer = end(desk, BROWSERS, "session", own);

        assertThat(answer.location()).isEqualTo(house.at(SIGN_OUT).toString());
        assertThat(status(desk, atDesk.accessToken())).isEqualTo(200);
    }

    @Test
    void somebodyElsesBrowserIsNotThereAndStaysSignedIn() {
        SignedIn atDesk = house.signIn(desk, "ben");
        house.signIn(phone, "ben");
        SignedIn adas = house.signIn(ada, "ada");
        String bens = ids(SESSION, phone, BROWSERS).getFirst();

        Answer attack = end(ada, BROWSERS, "session", bens);
        Answer guess = end(ada, BROWSERS, "session", "0197b2a0-0000-7000-8000-000000000000");

        assertThat(attack.status()).isEqualTo(404);
        assertThat(guess.status()).isEqualTo(404);
        assertThat(withoutReference(attack)).isEqualTo(withoutReference(guess));
        assertThat(status(desk, atDesk.accessToken())).isEqualTo(200);
        assertThat(page(desk, BROWSERS)).contains("this browser");
        assertThat(page(ada, BROWSERS + "?after=999999999999999999." + bens))
                .doesNotContain("Firefox", "Chrome");
        assertThat(status(ada, adas.accessToken())).isEqualTo(200);
        assertThat(house.isAudited("SessionEnded")).isFalse();
    }

    private static String withoutReference(Answer answer) {
        return answer.body().replaceAll("Reference <code>[^<]+", "");
    }

    @Test
    void aTokenIsEndedAndTheBrowserThatItWasMadeInGoesOn() {
        SignedIn atDesk = house.signIn(desk, "ben");
        String gps = makeToken(desk, atDesk, "gps");
        String lamp = makeToken(desk, atDesk, "lamp");
        assertThat(page(desk, APPS)).contains("gps", "lamp", "long-lived token");
        assertThat(ids(GRANT, desk, APPS)).hasSize(2);

        Answer ended = end(desk, APPS, "grant", ids(GRANT, desk, APPS).getFirst());

        assertThat(desk.get(URI.create(ended.location())).body())
                .contains("It can do nothing in your name any more.");
        assertThat(List.of(status(desk, gps), status(desk, lamp)))
                .containsExactlyInAnyOrder(200, 401);
        assertThat(ids(GRANT, desk, APPS)).hasSize(1);
        assertThat(status(desk, atDesk.accessToken())).isEqualTo(200);
    }

    @Test
    void somebodyElsesTokenIsNotThereAndGoesOn() {
        SignedIn atDesk = house.signIn(desk, "ben");
        String gps = makeToken(desk, atDesk, "gps");
        house.signIn(ada, "ada");
        String bens = ids(GRANT, desk, APPS).getFirst();

        Answer attack = end(ada, APPS, "grant", bens);

        assertThat(attack.status()).isEqualTo(404);
        assertThat(page(ada, APPS)).contains("No app and no program acts in your name.");
        assertThat(page(ada, APPS + "?after=999999999999999999." + bens)).doesNotContain("gps");
        assertThat(status(desk, gps)).isEqualTo(200);
        assertThat(house.isAudited("GrantRevoked")).isFalse();
    }

    @Test
    void aFormOfAnotherSiteEndsNothing() {
        SignedIn atDesk = house.signIn(desk, "ben");
        SignedIn onPhone = house.signIn(phone, "ben");
        String gps = makeToken(desk, atDesk, "gps");
        String session = ids(SESSION, desk, BROWSERS).getFirst();
        String grant = ids(GRANT, desk, APPS).getFirst();
        desk.carry("Sec-Fetch-Site", "cross-site");

        assertThat(end(desk, BROWSERS, "session", session).status()).isEqualTo(403);
        assertThat(end(desk, APPS, "grant", grant).status()).isEqualTo(403);

        assertThat(status(phone, onPhone.accessToken())).isEqualTo(200);
        assertThat(status(desk, gps)).isEqualTo(200);
    }

    @Test
    void everythingOfOnesOwnEndsWithOneButton() {
        SignedIn atDesk = house.signIn(desk, "ben");
        SignedIn onPhone = house.signIn(phone, "ben");
        SignedIn adas = house.signIn(ada, "ada");
        String gps = makeToken(desk, atDesk, "gps");
        assertThat(page(desk, PROFILE))
                .contains(
                        "action=\"" + SIGN_OUT + "\"",
                        "name=\"where\" value=\"everywhere\"",
                        "Sign out everywhere");

        desk.postForm(house.at(SIGN_OUT), Map.of("where", "everywhere"));

        assertThat(
                        List.of(
                                status(desk, atDesk.accessToken()),
                                status(phone, onPhone.accessToken()),
                                status(desk, gps)))
                .containsOnly(401);
        assertThat(status(ada, adas.accessToken())).isEqualTo(200);
    }

    @Test
    void whoeverStandsBeforeAWallTabletSeesNoProfile() {
        try (VisitorBrowser tablet = new VisitorBrowser(ITS_PLACE)) {
            tablet.carry("Sec-Fetch-Site", "same-origin");
            house.redeem(
                    tablet,
                    GatewayHouse.codeIn(tablet.walk(house.authorizeAddress(), house.landing())));

            for (String path : List.of(PROFILE, BROWSERS, APPS)) {
                assertThat(tablet.get(house.at(path)).status()).as(path).isEqualTo(403);
            }
            assertThat(end(tablet, BROWSERS, "session", "x").status()).isEqualTo(403);
            assertThat(page(tablet, SIGN_OUT)).doesNotContain(PROFILE);
        }
    }

    @Test
    void anEmergencyAdministratorLooksAndChangesNothing() {
        ControlOutcome made = house.gateway().commands().emergency().breakGlass("", true);
        if (!(made instanceof ControlOutcome.NewToken(var code, _))) {
            throw new AssertionError("no code: " + made);
        }
        desk.postForm(house.at("/auth/vestibule/break-glass"), Map.of("code", code.reveal()));

        assertThat(page(desk, PROFILE))
                .contains("with an emergency code", "You are here for an emergency.", CONSOLE)
                .doesNotContain("<form", PASSKEYS, LINK, BROWSERS, APPS);
        for (String path : List.of(BROWSERS, APPS)) {
            assertThat(desk.get(house.at(path)).status()).as(path).isEqualTo(403);
        }
        assertThat(end(desk, BROWSERS, "session", "x").status()).isEqualTo(403);
    }

    @Test
    void whoeverHasNoRoleHereHearsThatAndSeesNoProfile() {
        house.provider().signInAutomaticallyAs("sam");

        Answer answer = desk.walk(house.at(PROFILE), "nowhere");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("Your profile");
    }

    @Test
    void passkeysAndAnOlderUserAreOfferedOnlyWhereTheyAreSwitchedOn() {
        house.signIn(desk, "ben");
        assertThat(page(desk, PROFILE)).doesNotContain(PASSKEYS, LINK);
        assertThat(page(desk, SIGN_OUT)).contains(PROFILE);

        house.restartGateway(SignInChange.of(ProfileTest::open));

        assertThat(page(desk, PROFILE)).contains(PASSKEYS, LINK);
        assertThat(page(desk, "/auth/vestibule/passkeys")).contains(PROFILE);
    }

    private static SignInConfig open(SignInConfig usual) {
        return new SignInConfig(
                usual.localLogin(),
                Linking.OFFER,
                true,
                usual.apps(),
                usual.breakGlass(),
                usual.kiosks());
    }
}
