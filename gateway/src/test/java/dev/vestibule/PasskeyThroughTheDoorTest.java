package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.revocation.Cause;
import dev.vestibule.session.SessionService.Beginning;
import dev.vestibule.session.SignInWay;
import dev.vestibule.testhouse.openid.Endpoint;
import dev.vestibule.testhouse.passkey.AuthenticatorData;
import dev.vestibule.testhouse.passkey.Lie;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator.Kind;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Passkeys in a whole gateway, from the page where one is made to the home that it opens.
class PasskeyThroughTheDoorTest {

    private static final String LIST = "/auth/vestibule/passkeys";
    private static final String CREATION_OPTIONS = "/auth/vestibule/passkey/creation-options";
    private static final String REQUEST_OPTIONS = "/auth/vestibule/passkey/request-options";
    private static final String SIGN_IN = "/auth/vestibule/passkey/sign-in";
    private static final Pattern CHOICE =
            Pattern.compile("data-name=\"choice\">([A-Za-z0-9_-]{43})<");
    private static final Pattern CONTINUE =
            Pattern.compile("href=\"(/auth/vestibule/sign-in\\?choice=[^\"]+)\"");
    private static final Pattern LINK = Pattern.compile(LIST + "/([0-9a-f-]{36})");

    private final TestHouse house = new TestHouse(PasskeyThroughTheDoorTest::withPasskeys);
    private final VisitorBrowser browser = new VisitorBrowser();
    private final VirtualAuthenticator phone = new VirtualAuthenticator();

    PasskeyThroughTheDoorTest() {
        fromOurPages(browser);
    }

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    private static SignInConfig withPasskeys(SignInConfig usual) {
        return new SignInConfig(
                usual.localLogin(),
                usual.linking(),
                true,
                usual.apps(),
                usual.breakGlass(),
                usual.kiosks());
    }

    private static void fromOurPages(VisitorBrowser browser) {
        browser.carry("Sec-Fetch-Site", "same-origin");
    }

    private String origin() {
        return house.origin().toString();
    }

    private Answer post(VisitorBrowser from, String path, Map<String, String> fields) {
        return from.postForm(house.at(path), fields);
    }

    private JsonNode options(VisitorBrowser from, String path) {
        Answer answer = post(from, path, Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return GatewayHouse.json(answer);
    }

    private Answer enrol(VisitorBrowser from, VirtualAuthenticator with, String name) {
        JsonNode made = with.create(options(from, CREATION_OPTIONS), origin());
        return post(from, LIST, Map.of("name", name, "answer", made.toString()));
    }

    private void adaHasAPasskey() {
        house.signIn(browser, "ada");
        assertThat(enrol(browser, phone, "Phone").location()).isEqualTo(at("?done=added"));
    }

    /// The page of the one passkey that somebody has.
    private String theirs(VisitorBrowser of) {
        Matcher link = LINK.matcher(of.get(house.at(LIST)).body());
        assertThat(link.find()).isTrue();
        return link.group();
    }

    private String at(String query) {
        return house.at(LIST + query).toString();
    }

    /// What the sign-in page wants back, for a browser that wants to be at its client.
    private String choice(VisitorBrowser from) {
        return choiceIn(from.walk(house.authorizeAddress(), "nowhere"));
    }

    private static String choiceIn(Answer page) {
        Matcher choice = CHOICE.matcher(page.body());
        assertThat(choice.find()).as(page.body()).isTrue();
        return choice.group(1);
    }

    private Answer signIn(VisitorBrowser from, VirtualAuthenticator with, Lie lie) {
        return signIn(from, choice(from), with, lie);
    }

    private Answer signIn(VisitorBrowser from, String choice, VirtualAuthenticator with, Lie lie) {
        JsonNode signed = with.get(options(from, REQUEST_OPTIONS), origin(), lie);
        return post(from, SIGN_IN, Map.of("choice", choice, "answer", signed.toString()));
    }

    private Answer signIn(VisitorBrowser from, VirtualAuthenticator with) {
        return signIn(from, with, Lie.NONE);
    }

    private VisitorBrowser newBrowser() {
        VisitorBrowser fresh = new VisitorBrowser();
        fromOurPages(fresh);
        return fresh;
    }

    @Test
    void opensTheHomeWhileTheProviderIsAwayAndNoNameIsTyped() {
        adaHasAPasskey();
        house.provider().goAway();
        house.provider().clearRequests();
        try (VisitorBrowser elsewhere = newBrowser()) {
            String code = GatewayHouse.codeIn(signIn(elsewhere, phone));
            var tokens = house.redeem(elsewhere, code);

            assertThat(house.get(elsewhere, "/api/", tokens.accessToken()).status()).isEqualTo(200);
            assertThat(elsewhere.get(house.at(LIST)).body()).contains("Phone", "last used on");
        }
        assertThat(house.provider().count(Endpoint.AUTHORIZE)).isZero();
        assertThat(house.isAudited("PasskeyAdded")).isTrue();
        assertThat(house.gateway().facts().audit().newest(50))
                .anyMatch(
                        line ->
                                line.kind().equals("SignedIn")
                                        && line.detail().contains("vestibule:passkey"));
    }

    @Test
    void aPersonRenamesAndRemovesTheirsAndNobodyElses() {
        adaHasAPasskey();
        String adas = theirs(browser);
        try (VisitorBrowser bens = newBrowser()) {
            house.signIn(bens, "ben");
            assertThat(bens.get(house.at(adas)).status()).isEqualTo(404);
            assertThat(post(bens, adas, Map.of("do", "remove")).status()).isEqualTo(404);
        }

        assertThat(
                        post(browser, adas, Map.of("do", "rename", "name", "<b>My phone</b>"))
                                .location())
                .isEqualTo(at("?done=renamed"));
        assertThat(browser.get(house.at(LIST)).body()).contains("&lt;b&gt;My phone&lt;/b&gt;");
        assertThat(post(browser, adas, Map.of("do", "remove")).location())
                .isEqualTo(at("?done=removed"));
        assertThat(browser.get(house.at(adas)).status()).isEqualTo(404);
        assertThat(house.isAudited("PasskeyRenamed")).isTrue();
        assertThat(house.isAudited("PasskeyRemoved")).isTrue();

        try (VisitorBrowser elsewhere = newBrowser()) {
            Answer refused = signIn(elsewhere, phone);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("It is not known here", "Sign in another way");
        }
    }

    /// Attack I2: a session that is older, or was stolen, makes itself a key.
    @Test
    void addingAndRemovingNeedASignInOfTheLastTenMinutes() {
        adaHasAPasskey();
        JsonNode early = options(browser, CREATION_OPTIONS);
        String adas = theirs(browser);
        house.restartGateway(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11)));

        assertThat(post(browser, CREATION_OPTIONS, Map.of()).status()).isEqualTo(403);
        Answer added =
                post(
                        browser,
                        LIST,
                        Map.of(
                                "answer",
                                new VirtualAuthenticator().create(early, origin()).toString()));
        assertThat(added.status()).isEqualTo(403);
        assertThat(added.body()).contains("Sign in once more", "prompt=login");
        assertThat(post(browser, adas, Map.of("do", "remove")).status()).isEqualTo(403);
        assertThat(browser.get(house.at(LIST)).body())
                .contains("prompt=login")
                .doesNotContain("passkey-add");
        assertThat(post(browser, adas, Map.of("do", "rename", "name", "still mine")).location())
                .isEqualTo(at("?done=renamed"));
    }

    @Test
    void formsOfOtherSitesAddAndRemoveAndSignInNobody() {
        adaHasAPasskey();
        String adas = theirs(browser);
        for (String site : new String[] {"cross-site", "same-site", "none"}) {
            browser.carry("Sec-Fetch-Site", site);

            assertThat(post(browser, CREATION_OPTIONS, Map.of()).status()).isEqualTo(403);
            assertThat(post(browser, REQUEST_OPTIONS, Map.of()).status()).isEqualTo(403);
            assertThat(post(browser, LIST, Map.of("answer", "{}")).status()).isEqualTo(403);
            assertThat(post(browser, adas, Map.of("do", "remove")).status()).isEqualTo(403);
            assertThat(post(browser, SIGN_IN, Map.of("answer", "{}")).status()).isEqualTo(403);
        }
    }

    @Test
    void aSuspendedPersonsPasskeyOpensNothingAndComesBackWithThem() {
        adaHasAPasskey();
        house.signIn(newBrowser(), "ben");
        makeBenAnAdministratorToo();
        house.suspend("ada");
        try (VisitorBrowser elsewhere = newBrowser()) {
            Answer refused = signIn(elsewhere, phone);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("Your access is suspended");

            house.restore("ada");
            assertThat(signIn(elsewhere, phone).location()).contains("code=");
        }
    }

    @Test
    void aRemovedPersonsPasskeyIsForgotten() {
        adaHasAPasskey();
        house.signIn(newBrowser(), "ben");
        makeBenAnAdministratorToo();
        AccountId ada = house.account("ada").id();
        house.gateway().facts().lifecycle().remove(ada, new Cause("console", "left", "console"));
        try (VisitorBrowser elsewhere = newBrowser()) {
            Answer refused = signIn(elsewhere, phone);

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("It is not known here");
        }
        assertThat(house.gateway().facts().audit().newest(50))
                .anyMatch(line -> line.detail().contains("passkey-unknown-credential"));
    }

    @Test
    void somebodyWithoutARoleIsToldSo() {
        house.signIn(browser, "ben");
        assertThat(enrol(browser, phone, "Phone").location()).isEqualTo(at("?done=added"));
        house.provider().setGroups("ben", List.of("others"));
        try (VisitorBrowser elsewhere = newBrowser()) {
            assertThatThrownBy(() -> house.signIn(elsewhere, "ben")).hasMessageContaining("403");
            Answer refused = signIn(elsewhere, phone);

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("You have no access to this home");
        }
    }

    @Test
    void everyLieIsRefusedWithAPageAndOpensNothing() {
        house.signIn(browser, "ada");
        VirtualAuthenticator stick = new VirtualAuthenticator(Kind.SECURITY_KEY);
        assertThat(enrol(browser, stick, "Stick").location()).isEqualTo(at("?done=added"));
        try (VisitorBrowser honest = newBrowser();
                VisitorBrowser elsewhere = newBrowser()) {
            assertThat(signIn(honest, stick).location()).contains("code=");
            for (Lie lie :
                    new Lie[] {
                        Lie.rpId("evil.example"),
                        Lie.saying("origin", "https://evil.example"),
                        Lie.saying("crossOrigin", true),
                        Lie.clearing(AuthenticatorData.USER_VERIFIED),
                        Lie.clearing(AuthenticatorData.USER_PRESENT),
                        Lie.setting(AuthenticatorData.BACKUP_ELIGIBLE),
                        Lie.signCount(0),
                        Lie.inAnswer(answer -> answer.put("id", "AAAA").put("rawId", "AAAA"))
                    }) {
                Answer refused = signIn(elsewhere, stick, lie);

                assertThat(refused.status()).as(refused.body()).isEqualTo(403);
                assertThat(refused.body()).contains("The passkey was not accepted");
                assertThat(elsewhere.get(house.at(LIST)).status()).isEqualTo(302);
            }
        }
    }

    @Test
    void anAnswerIsGoodOnceAndInTheBrowserThatAskedForIt() {
        adaHasAPasskey();
        try (VisitorBrowser first = newBrowser();
                VisitorBrowser second = newBrowser()) {
            String choice = choice(first);
            String answer = phone.get(options(first, REQUEST_OPTIONS), origin()).toString();
            Map<String, String> fields = Map.of("choice", choice, "answer", answer);

            Answer stolen =
                    post(second, SIGN_IN, Map.of("choice", choice(second), "answer", answer));
            assertThat(stolen.status()).isEqualTo(403);
            assertThat(stolen.body()).contains("It took too long");
            assertThat(post(first, SIGN_IN, fields).location()).contains("code=");
            assertThat(post(first, SIGN_IN, fields).status()).isEqualTo(403);
        }
    }

    /// Attack F1: whoever knew the session from before does not know the one after.
    @Test
    void signingInMakesANewSessionAndEndsTheOneBefore() {
        adaHasAPasskey();
        try (VisitorBrowser shared = newBrowser()) {
            house.signIn(shared, "ben");
            String bens = shared.cookie(house.origin().authority(), "vestibule-dev");
            Answer page =
                    shared.walk(
                            house.at("/auth/vestibule/sign-in?next=/&prompt=select_account"), "no");
            signIn(shared, choiceIn(page), phone, Lie.NONE);

            assertThat(shared.get(house.at(LIST)).body()).contains("Phone");
            try (VisitorBrowser withBens = newBrowser()) {
                Answer seen = withBens.get(house.at(LIST), "Cookie", "vestibule-dev=" + bens);
                assertThat(seen.status()).isEqualTo(302);
            }
        }
    }

    @Test
    void aTabletsSessionHasNoPasskeys() {
        house.signIn(browser, "ada");
        var facts = house.gateway().facts();
        var begun =
                facts.adoption()
                        .database()
                        .inTransaction(
                                tx ->
                                        facts.sessions()
                                                .begin(
                                                        tx,
                                                        house.account("ada"),
                                                        new Beginning(
                                                                Defaults.HOME_NAME,
                                                                new Issuer("vestibule:kiosk"),
                                                                "",
                                                                SignInWay.KIOSK,
                                                                Instant.now(),
                                                                Duration.ofHours(1),
                                                                "192.0.2.7",
                                                                ""))
                                                .orElseThrow());
        String cookie = "vestibule-dev=" + begun.cookie().reveal();
        try (VisitorBrowser tablet = newBrowser()) {
            assertThat(tablet.get(house.at(LIST), "Cookie", cookie).status()).isEqualTo(403);
        }
    }

    /// Passkeys work in no app, and yet let one in: by way of a browser that has them.
    @Test
    void anAppIsLetInByAPasskeyThatABrowserProvesAndTheBrowserIsNot() {
        adaHasAPasskey();
        house.provider().goAway();
        try (CompanionPhone app = new CompanionPhone(house, CompanionPhone.ANDROID);
                VisitorBrowser elsewhere = newBrowser()) {
            Answer page = app.open();
            String link = CompanionPhone.linkIn(page);
            Matcher onward = CONTINUE.matcher(elsewhere.get(house.at("/auth/app/" + link)).body());
            assertThat(onward.find()).isTrue();

            String choice = choiceIn(elsewhere.get(house.at(onward.group(1))));
            Answer shown = signIn(elsewhere, choice, phone, Lie.NONE);
            var tokens = app.redeem(app.type(link, CompanionPhone.codeIn(shown)));

            assertThat(house.get(app.client(), "/api/config", tokens.accessToken()).status())
                    .isEqualTo(200);
            assertThat(elsewhere.get(house.at(LIST)).status()).isEqualTo(302);
        }
    }

    @Test
    void aCompanionAppIsNotOfferedWhatItsWebViewLacks() {
        browser.carry(
                "User-Agent",
                "Mozilla/5.0 (Linux; Android 14) Home Assistant/2026.9.1-1 (Android 14; Pixel)");

        assertThat(browser.get(house.authorizeAddress()).location())
                .startsWith(house.provider().uri(Endpoint.AUTHORIZE).toString());
    }

    @Test
    void whereItIsNotSwitchedOnNothingOfItIsThere() {
        try (TestHouse without = new TestHouse();
                VisitorBrowser visitor = newBrowser()) {
            without.signIn(visitor, "ada");
            for (URI page : new URI[] {without.at(LIST), without.at(LIST + "/some-id")}) {
                assertThat(visitor.get(page).status()).isEqualTo(404);
                assertThat(visitor.postForm(page, Map.of()).status()).isEqualTo(404);
            }
            for (String path : new String[] {CREATION_OPTIONS, REQUEST_OPTIONS, SIGN_IN}) {
                assertThat(visitor.postForm(without.at(path), Map.of()).status())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    private void makeBenAnAdministratorToo() {
        house.provider().setGroups("ben", List.of("admins"));
        house.signIn(newBrowser(), "ben");
    }
}
