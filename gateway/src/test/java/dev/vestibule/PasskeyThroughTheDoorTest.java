package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.Defaults;
import dev.vestibule.revocation.Cause;
import dev.vestibule.session.Reach;
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

    private static final Pattern CONTINUE =
            Pattern.compile("href=\"(/auth/vestibule/sign-in\\?choice=[^\"]+)\"");

    private final TestHouse house = new TestHouse(SignInChange::withPasskeys);
    private final PasskeyPages passkeys = new PasskeyPages(house);
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

    private static void fromOurPages(VisitorBrowser browser) {
        browser.carry("Sec-Fetch-Site", "same-origin");
    }

    private String origin() {
        return house.origin().toString();
    }

    private Answer post(VisitorBrowser from, String path, Map<String, String> fields) {
        return from.postForm(house.at(path), fields);
    }

    private void adaHasAPasskey() {
        house.signIn(browser, "ada");
        passkeys.add(browser, phone, "Phone");
    }

    private String at(String query) {
        return house.at(PasskeyPages.LIST + query).toString();
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
            String code = GatewayHouse.codeIn(passkeys.signIn(elsewhere, phone));
            var tokens = house.redeem(elsewhere, code);

            assertThat(house.get(elsewhere, "/api/", tokens.accessToken()).status()).isEqualTo(200);
            assertThat(elsewhere.get(house.at(PasskeyPages.LIST)).body())
                    .contains("Phone", "last used on");
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
        String adas = passkeys.pageOf(browser);
        try (VisitorBrowser bens = newBrowser()) {
            house.signIn(bens, "ben");
            assertThat(bens.get(house.at(adas)).status()).isEqualTo(404);
            assertThat(post(bens, adas, Map.of("do", "remove")).status()).isEqualTo(404);
        }

        assertThat(
                        post(browser, adas, Map.of("do", "rename", "name", "<b>My phone</b>"))
                                .location())
                .isEqualTo(at("?done=renamed"));
        assertThat(browser.get(house.at(PasskeyPages.LIST)).body())
                .contains("&lt;b&gt;My phone&lt;/b&gt;");
        assertThat(post(browser, adas, Map.of("do", "remove")).location())
                .isEqualTo(at("?done=removed"));
        assertThat(browser.get(house.at(adas)).status()).isEqualTo(404);
        assertThat(house.isAudited("PasskeyRenamed")).isTrue();
        assertThat(house.isAudited("PasskeyRemoved")).isTrue();

        try (VisitorBrowser elsewhere = newBrowser()) {
            Answer refused = passkeys.signIn(elsewhere, phone);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("It is not known here", "Sign in another way");
        }
    }

    /// Attack I2: a session that is older, or was stolen, makes itself a key.
    @Test
    void addingAndRemovingNeedASignInOfTheLastTenMinutes() {
        adaHasAPasskey();
        JsonNode early = passkeys.options(browser, PasskeyPages.CREATION_OPTIONS);
        String adas = passkeys.pageOf(browser);
        house.restartGateway(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11)));

        assertThat(post(browser, PasskeyPages.CREATION_OPTIONS, Map.of()).status()).isEqualTo(403);
        Answer added =
                post(
                        browser,
                        PasskeyPages.LIST,
                        Map.of(
                                "answer",
                                new VirtualAuthenticator().create(early, origin()).toString()));
        assertThat(added.status()).isEqualTo(403);
        assertThat(added.body()).contains("Sign in once more", "prompt=login");
        assertThat(post(browser, adas, Map.of("do", "remove")).status()).isEqualTo(403);
        assertThat(browser.get(house.at(PasskeyPages.LIST)).body())
                .contains("prompt=login")
                .doesNotContain("passkey-add");
        assertThat(post(browser, adas, Map.of("do", "rename", "name", "still mine")).location())
                .isEqualTo(at("?done=renamed"));
    }

    @Test
    void formsOfOtherSitesAddAndRemoveAndSignInNobody() {
        adaHasAPasskey();
        String adas = passkeys.pageOf(browser);
        for (String site : new String[] {"cross-site", "same-site", "none"}) {
            browser.carry("Sec-Fetch-Site", site);

            assertThat(post(browser, PasskeyPages.CREATION_OPTIONS, Map.of()).status())
                    .isEqualTo(403);
            assertThat(post(browser, PasskeyPages.REQUEST_OPTIONS, Map.of()).status())
                    .isEqualTo(403);
            assertThat(post(browser, PasskeyPages.LIST, Map.of("answer", "{}")).status())
                    .isEqualTo(403);
            assertThat(post(browser, adas, Map.of("do", "remove")).status()).isEqualTo(403);
            assertThat(post(browser, PasskeyPages.SIGN_IN, Map.of("answer", "{}")).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void aSuspendedPersonsPasskeyOpensNothingAndComesBackWithThem() {
        adaHasAPasskey();
        house.signIn(newBrowser(), "ben");
        makeBenAnAdministratorToo();
        house.suspend("ada");
        try (VisitorBrowser elsewhere = newBrowser()) {
            Answer refused = passkeys.signIn(elsewhere, phone);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("Your access is suspended");

            house.restore("ada");
            assertThat(passkeys.signIn(elsewhere, phone).location()).contains("code=");
        }
    }

    @Test
    void aRemovedPersonsPasskeyIsForgotten() {
        adaHasAPasskey();
        house.signIn(newBrowser(), "ben");
        makeBenAnAdministratorToo();
        AccountId ada = house.account("ada").id();
        house.gateway()
                .facts()
                .lifecycle()
                .remove(ada, new Cause("console", EndReason.BY_OPERATOR, "console"));
        try (VisitorBrowser elsewhere = newBrowser()) {
            Answer refused = passkeys.signIn(elsewhere, phone);

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("It is not known here");
        }
        assertThat(house.gateway().facts().audit().newest(50))
                .anyMatch(line -> line.detail().contains("passkey-unknown-credential"));
    }

    @Test
    void somebodyWithoutARoleIsToldSo() {
        house.signIn(browser, "ben");
        passkeys.add(browser, phone, "Phone");
        house.provider().setGroups("ben", List.of("others"));
        try (VisitorBrowser elsewhere = newBrowser()) {
            assertThatThrownBy(() -> house.signIn(elsewhere, "ben")).hasMessageContaining("403");
            Answer refused = passkeys.signIn(elsewhere, phone);

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("You have no access to this home");
        }
    }

    @Test
    void everyLieIsRefusedWithAPageAndOpensNothing() {
        house.signIn(browser, "ada");
        VirtualAuthenticator stick = new VirtualAuthenticator(Kind.SECURITY_KEY);
        passkeys.add(browser, stick, "Stick");
        try (VisitorBrowser honest = newBrowser();
                VisitorBrowser elsewhere = newBrowser()) {
            assertThat(passkeys.signIn(honest, stick).location()).contains("code=");
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
                Answer refused = passkeys.signIn(elsewhere, stick, lie);

                assertThat(refused.status()).as(refused.body()).isEqualTo(403);
                assertThat(refused.body()).contains("The passkey was not accepted");
                assertThat(elsewhere.get(house.at(PasskeyPages.LIST)).status()).isEqualTo(302);
            }
        }
    }

    @Test
    void anAnswerIsGoodOnceAndInTheBrowserThatAskedForIt() {
        adaHasAPasskey();
        try (VisitorBrowser first = newBrowser();
                VisitorBrowser second = newBrowser()) {
            String choice = passkeys.choice(first);
            String answer =
                    phone.get(passkeys.options(first, PasskeyPages.REQUEST_OPTIONS), origin())
                            .toString();
            Map<String, String> fields = Map.of("choice", choice, "answer", answer);

            Answer stolen =
                    post(
                            second,
                            PasskeyPages.SIGN_IN,
                            Map.of("choice", passkeys.choice(second), "answer", answer));
            assertThat(stolen.status()).isEqualTo(403);
            assertThat(stolen.body()).contains("It took too long");
            assertThat(post(first, PasskeyPages.SIGN_IN, fields).location()).contains("code=");
            assertThat(post(first, PasskeyPages.SIGN_IN, fields).status()).isEqualTo(403);
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
            passkeys.signIn(shared, PasskeyPages.choiceIn(page), phone, Lie.NONE);

            assertThat(shared.get(house.at(PasskeyPages.LIST)).body()).contains("Phone");
            try (VisitorBrowser withBens = newBrowser()) {
                Answer seen =
                        withBens.get(
                                house.at(PasskeyPages.LIST), "Cookie", "vestibule-dev=" + bens);
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
                                                                Reach.ANYWHERE,
                                                                "192.0.2.7",
                                                                ""))
                                                .orElseThrow());
        String cookie = "vestibule-dev=" + begun.cookie().reveal();
        try (VisitorBrowser tablet = newBrowser()) {
            assertThat(tablet.get(house.at(PasskeyPages.LIST), "Cookie", cookie).status())
                    .isEqualTo(403);
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

            String choice = PasskeyPages.choiceIn(elsewhere.get(house.at(onward.group(1))));
            Answer shown = passkeys.signIn(elsewhere, choice, phone, Lie.NONE);
            var tokens = app.redeem(app.type(link, CompanionPhone.codeIn(shown)));

            assertThat(house.get(app.client(), "/api/config", tokens.accessToken()).status())
                    .isEqualTo(200);
            assertThat(elsewhere.get(house.at(PasskeyPages.LIST)).status()).isEqualTo(302);
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
            for (URI page :
                    new URI[] {
                        without.at(PasskeyPages.LIST), without.at(PasskeyPages.LIST + "/some-id")
                    }) {
                assertThat(visitor.get(page).status()).isEqualTo(404);
                assertThat(visitor.postForm(page, Map.of()).status()).isEqualTo(404);
            }
            for (String path :
                    new String[] {
                        PasskeyPages.CREATION_OPTIONS,
                        PasskeyPages.REQUEST_OPTIONS,
                        PasskeyPages.SIGN_IN
                    }) {
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
