package dev.vestibule.login;

import static dev.vestibule.TestFacts.HOME;
import static dev.vestibule.login.LoginHouse.authorize;
import static dev.vestibule.login.LoginHouse.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.account.Account;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.grant.RefreshLookup;
import dev.vestibule.http.Response;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.openid.Endpoint;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.util.List;

class SignInTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    private final LoginHouse house = new LoginHouse();
    private final TestBrowser browser = house.browser();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aPersonComesInAndTheirClientGetsTokens() {
        Response back = house.signIn(browser);
        JsonNode tokens = LoginHouse.redeem(browser, TestBrowser.code(back));

        assertThat(TestBrowser.location(back).toString())
                .startsWith(LoginHouse.REDIRECT + "&code=");
        assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(tokens.path("expires_in").asInt()).isEqualTo(1800);
        assertThat(house.facts.grants.recognise(HOME, tokens.path("access_token").asText()))
                .isPresent();
        assertThat(house.home.userNamed("Ada Lovelace"))
                .hasValueSatisfying(
                        user -> assertThat(user.groups()).containsExactly("system-users"));
        assertThat(house.audit()).contains("SignedIn", "UserProvisioned", "GrantMade");
    }

    @Test
    void keepsHomeAssistantsCodeAndRefreshTokenInside() {
        Response back = house.signIn(browser);
        JsonNode tokens = LoginHouse.redeem(browser, TestBrowser.code(back));

        String upstream =
                house.home.record().requests().stream()
                        .filter(request -> request.target().equals("/auth/token"))
                        .findFirst()
                        .orElseThrow()
                        .bodyStart();
        assertThat(upstream).contains("grant_type=authorization_code");
        assertThat(upstream).doesNotContain(TestBrowser.code(back));
        assertThat(tokens.path("refresh_token").asText()).hasSize(43);
    }

    @Test
    void setsACookieThatNoSiblingHostCanPlant() {
        Response back = house.signIn(browser);

        assertThat(TestBrowser.header(back, "set-cookie"))
                .matches(
                        "__Host-vestibule=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax;"
                                + " Secure; Max-Age=\\d+");
    }

    @Test
    void givesTheStateBackVerbatim() {
        String state = "eyJoYXNzVXJsIjoi \r\nSet-Cookie: a=b&x=%20+/ü=\"}";

        URI location =
                TestBrowser.location(
                        browser.open(
                                house.visit(
                                        browser.get(
                                                        authorize(
                                                                "&state="
                                                                        + TestBrowser.encode(
                                                                                state)))
                                                .location())));

        assertThat(TestBrowser.parameter(location, "state")).isEqualTo(state);
        assertThat(location.toString()).doesNotContain("\r", "\n", " ", "+");
    }

    @Test
    void asksNobodyASecondTimeInTheSameBrowser() {
        house.signIn(browser);
        int asked = house.provider().count(Endpoint.AUTHORIZE);

        URI location = browser.get(authorize("&state=s")).location();

        assertThat(location.toString()).startsWith(LoginHouse.REDIRECT + "&code=").endsWith("s");
        assertThat(house.provider().count(Endpoint.AUTHORIZE)).isEqualTo(asked);
    }

    @Test
    void refusesWhomNoGroupGivesARoleAndLeavesNothingBehind() {
        house.provider().signInAutomaticallyAs("eve");

        Response page = house.signIn(browser);

        assertThat(page.status()).isEqualTo(403);
        assertThat(text(page)).contains("eve").contains("Use another account").contains("ref-1");
        assertThat(browser.isSignedIn()).isFalse();
        assertThat(house.facts.accounts.list()).isEmpty();
        assertThat(house.home.userNamed("Eve")).isEmpty();
        assertThat(house.audit()).containsExactly("SignInRefused no-role");
    }

    @Test
    void whoLosesTheirRoleLosesWhatTheyHad() {
        TestBrowser phone = house.browser();
        Secret refreshToken = new Secret(house.tokens(phone).path("refresh_token").asText());
        house.provider().setGroups("ada", List.of("strangers"));

        Response page = house.signIn(browser);

        assertThat(page.status()).isEqualTo(403);
        assertThat(house.facts.grants.findByRefreshToken(HOME, refreshToken))
                .isInstanceOf(RefreshLookup.Ended.class);
        assertThat(phone.get(authorize("")).location().toString())
                .startsWith(house.provider().issuer().toString());
    }

    @Test
    void aNewRoleHoldsFromTheNextSignInOn() {
        house.signIn(browser);
        house.provider().setGroups("ada", List.of("friends"));

        house.signIn(house.browser());

        assertThat(house.home.userNamed("Ada Lovelace").orElseThrow().groups())
                .containsExactly("system-read-only");
    }

    @Test
    void aSuspendedPersonStaysOutside() {
        house.signIn(browser);
        house.facts.lifecycle.suspend(ada().id(), SuspendedBy.OPERATOR, CAUSE);

        TestBrowser another = house.browser();
        Response page = house.signIn(another);

        assertThat(page.status()).isEqualTo(403);
        assertThat(text(page)).contains("suspended").contains("ada");
        assertThat(another.isSignedIn()).isFalse();
        assertThat(browser.get(authorize("")).location().toString())
                .startsWith(house.provider().issuer().toString());
    }

    private Account ada() {
        return house.facts
                .accounts
                .find(new Subject(new Issuer(house.provider().issuer().toString()), "ada"))
                .orElseThrow();
    }

    @Test
    void aProvidersRefusalIsAPageThatRepeatsNothingOfIt() {
        URI callback = house.visit(browser.get(authorize("")).location());
        String state = TestBrowser.parameter(callback, "state");

        Response page =
                browser.get(
                                "/auth/vestibule/callback/id0?error=access_denied"
                                        + "&error_description=%3Cscript%3Eoops&state="
                                        + state
                                        + "&iss="
                                        + TestBrowser.encode(house.provider().issuer().toString()))
                        .response();

        assertThat(page.status()).isEqualTo(403);
        assertThat(text(page)).contains("You were not signed in").doesNotContain("oops");
        assertThat(house.audit()).containsExactly("SignInRefused provider-access_denied");
    }

    @Test
    void aDoubledParameterIsNeverBelieved() {
        URI callback = house.visit(browser.get(authorize("")).location());

        Response page = browser.open(URI.create(callback + "&code=another"));

        assertThat(page.status()).isEqualTo(403);
        assertThat(browser.isSignedIn()).isFalse();
    }

    @Test
    void aCallbackThatComesTwiceLeadsASignedInBrowserHome() {
        URI callback = house.visit(browser.get(authorize("")).location());
        browser.open(callback);
        String session = browser.cookies.get("__Host-vestibule");

        Response again = browser.open(callback);

        assertThat(TestBrowser.location(again)).hasToString("https://home.example.org/");
        assertThat(browser.cookies).containsEntry("__Host-vestibule", session);
    }

    @Test
    void anotherBrowserCannotFinishASignIn() {
        URI attackers = house.visit(browser.get(authorize("")).location());
        TestBrowser victim = house.browser();
        victim.get(authorize(""));

        Response page = victim.open(attackers);

        assertThat(page.status()).isEqualTo(400);
        assertThat(text(page)).contains("already been used or has expired").contains("href=\"/\"");
        assertThat(victim.isSignedIn()).isFalse();
        assertThat(house.audit()).containsExactly("SignInRefused stale-callback");
    }

    @Test
    void theAddressLineAloneProvesNothing() {
        URI left = browser.get(authorize("")).location();

        assertThat(browser.cookies.values()).noneMatch(value -> left.toString().contains(value));
    }

    @Test
    void aSignInRunsOutAfterTenMinutes() {
        URI callback = house.visit(browser.get(authorize("")).location());

        house.facts.clock.advance(Duration.ofMinutes(10));

        assertThat(browser.open(callback).status()).isEqualTo(400);
        assertThat(browser.isSignedIn()).isFalse();
    }

    @Test
    void severalTabsSignInAtOnceAndKeepWhatTheyGot() {
        URI first = house.visit(browser.get(authorize("&state=1")).location());
        URI second = house.visit(browser.get(authorize("&state=2")).location());

        String early = TestBrowser.code(browser.open(first));
        JsonNode tokens = LoginHouse.redeem(browser, TestBrowser.code(browser.open(second)));

        assertThat(LoginHouse.redeem(browser, early).has("access_token")).isTrue();
        assertThat(tokens.has("access_token")).isTrue();
        assertThat(house.facts.grants.recognise(HOME, tokens.path("access_token").asText()))
                .isPresent();
    }

    @Test
    void theNextPersonInTheSameBrowserEndsTheFirst() {
        Secret adas = new Secret(house.tokens(browser).path("refresh_token").asText());
        house.provider().signInAutomaticallyAs("bob");

        browser.open(house.visit(browser.get(authorize("&prompt=select_account")).location()));

        assertThat(house.facts.grants.findByRefreshToken(HOME, adas))
                .isInstanceOf(RefreshLookup.Ended.class);
        assertThat(house.audit()).contains("SessionEnded signed in anew");
    }

    @Test
    void aSessionThatWasPlantedBeforeIsNotTheSessionAfterwards() {
        browser.cookies.put("__Host-vestibule", "A".repeat(43));

        house.signIn(browser);

        assertThat(browser.cookies.get("__Host-vestibule")).isNotEqualTo("A".repeat(43));
    }

    @Test
    void signsInAtTheCanonicalAddressForEveryOther() {
        TestBrowser elsewhere = new TestBrowser(house.login, LoginHouse.SECOND);
        String request =
                "/auth/authorize?response_type=code&state=s&client_id="
                        + TestBrowser.encode("https://home.lan:8124/")
                        + "&redirect_uri="
                        + TestBrowser.encode("https://home.lan:8124/?auth_callback=1");

        URI canonical = elsewhere.get(request).location();
        Response back =
                browser.open(
                        house.visit(new TestBrowser.Visit(browser.open(canonical)).location()));

        assertThat(canonical.toString()).startsWith("https://home.example.org/auth/authorize?");
        assertThat(TestBrowser.location(back).toString())
                .startsWith("https://home.lan:8124/?auth_callback=1&code=")
                .endsWith("&state=s");
    }

    /// Attack: whoever is signed in at the canonical address is let on by what their browser
    /// carries, although a page at another address asked for a proof of now.
    @ParameterizedTest
    @CsvSource({
        "/auth/vestibule/sign-in?next=%2Fx&prompt=login, login",
        "/auth/vestibule/sign-in?next=%2Fx&prompt=select_account, select_account",
        "/auth/authorize?response_type=code&client_id=https%3A%2F%2Fhome.lan%3A8124%2F"
                + "&redirect_uri=https%3A%2F%2Fhome.lan%3A8124%2F&prompt=select_account,"
                + " select_account"
    })
    void whatIsAskedOfThePersonIsAskedAtTheCanonicalAddressToo(String path, String prompt) {
        house.signIn(browser);
        TestBrowser elsewhere = new TestBrowser(house.login, LoginHouse.SECOND);

        URI canonical = elsewhere.get(path).location();

        assertThat(canonical.toString())
                .startsWith("https://home.example.org/auth/")
                .endsWith("&prompt=" + prompt);
        assertThat(new TestBrowser.Visit(browser.open(canonical)).location().toString())
                .as("whoever is signed in there is asked all the same")
                .startsWith(house.provider().issuer().toString());
    }

    @Test
    void aProviderThatIsDownIsAPageAndAWayToTryAgain() {
        house.provider().goAway();

        Response page = browser.get(authorize("")).response();

        assertThat(page.status()).isEqualTo(503);
        assertThat(text(page)).contains("identity provider cannot be reached").contains("ref-1");
    }

    @Test
    void aHomeAssistantThatIsDownKeepsThePersonSignedIn() {
        URI callback = house.visit(browser.get(authorize("")).location());
        house.home.stop();

        Response page = browser.open(callback);

        assertThat(page.status()).isEqualTo(503);
        assertThat(TestBrowser.header(page, "retry-after")).isNotEmpty();
        assertThat(text(page)).contains("Home Assistant is not answering");
        assertThat(browser.isSignedIn()).isTrue();
    }

    @Test
    void whatWasHalfMadeIsFinishedByTheNextSignIn() {
        house.home.faults().cutAfterCommand("config/auth/create");
        Response first = house.signIn(browser);
        house.home.faults().clear();
        house.homeAssistant.awaitFirstAttempt(Duration.ofSeconds(20));

        Response second = arriveOnceHomeAssistantIsBack();

        assertThat(first.status()).isEqualTo(503);
        assertThat(TestBrowser.location(second).toString()).contains("code=");
        assertThat(house.home.users())
                .filteredOn(user -> !user.isOwner() && !user.isSystemGenerated())
                .hasSize(1);
    }

    /// The connection comes back by itself; until then the page says so.
    private Response arriveOnceHomeAssistantIsBack() {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Response response = browser.get(authorize("")).response();
        while (response.status() == 503 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            response = browser.get(authorize("")).response();
            house.facts.clock.advance(Duration.ofSeconds(2));
        }
        return response;
    }
}
