package dev.vestibule.login;

import static dev.vestibule.TestFacts.HOME;
import static dev.vestibule.login.LoginHouse.authorize;
import static dev.vestibule.login.LoginHouse.text;
import static dev.vestibule.login.TestBrowser.header;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.grant.RefreshLookup;
import dev.vestibule.http.Response;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

class SignOutPageTest {

    private static final String PATH = "/auth/vestibule/sign-out";

    private final LoginHouse house = new LoginHouse();
    private final TestBrowser browser = house.browser();

    @AfterEach
    void close() {
        house.close();
    }

    private Response choose(TestBrowser from, String where) {
        return from.post(PATH, Map.of("where", where, "provider", "id0"));
    }

    private RefreshLookup lookup(String refreshToken) {
        return house.facts.grants.findByRefreshToken(HOME, new Secret(refreshToken));
    }

    private String tokens(TestBrowser of) {
        return house.tokens(of).path("refresh_token").asText();
    }

    @Test
    void offersToSignOutHereAtTheProviderAndEverywhere() {
        house.signIn(browser);

        Response page = browser.get(PATH).response();

        assertThat(page.status()).isEqualTo(200);
        assertThat(text(page))
                .contains("You are signed in as Ada Lovelace")
                .contains("value=\"here\"", "value=\"provider\"", "value=\"everywhere\"");
        assertThat(header(page, "content-security-policy"))
                .contains("form-action 'self' " + origin(house.provider().issuer()));
        assertThat(browser.isSignedIn()).isTrue();
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }

    @Test
    void signsOutOfThisBrowserAndOfNoOther() {
        String here = tokens(browser);
        TestBrowser second = house.browser();
        String there = tokens(second);

        Response page = choose(browser, "here");

        assertThat(text(page)).contains("You are signed out", "Other devices stay signed in");
        assertThat(browser.isSignedIn()).isFalse();
        assertThat(lookup(here)).isInstanceOf(RefreshLookup.Ended.class);
        assertThat(lookup(there)).isInstanceOf(RefreshLookup.Found.class);
        assertThat(house.audit()).contains("SessionEnded signed out");
    }

    @Test
    void signsOutEverywhereAndKeepsTheAccount() {
        String here = tokens(browser);
        TestBrowser second = house.browser();
        String there = tokens(second);

        Response page = choose(browser, "everywhere");

        assertThat(text(page)).contains("You are signed out", "None of your browsers");
        assertThat(lookup(here)).isInstanceOf(RefreshLookup.Ended.class);
        assertThat(lookup(there)).isInstanceOf(RefreshLookup.Ended.class);
        assertThat(text(second.get(PATH).response())).contains("This browser has no access");
        assertThat(house.audit()).contains("SignedOutEverywhere signed out everywhere");
        assertThat(lookup(tokens(house.browser()))).isInstanceOf(RefreshLookup.Found.class);
    }

    @Test
    void ourOwnSessionHasEndedBeforeTheBrowserLeavesForTheProvider() {
        String here = tokens(browser);

        Response leaving = choose(browser, "provider");

        URI location = TestBrowser.location(leaving);
        assertThat(origin(location)).isEqualTo(origin(house.provider().issuer()));
        assertThat(TestBrowser.parameter(location, "client_id")).isEqualTo("vestibule");
        assertThat(TestBrowser.parameter(location, "post_logout_redirect_uri"))
                .isEqualTo(LoginHouse.ORIGIN.resolve(PATH).toString());
        assertThat(lookup(here)).isInstanceOf(RefreshLookup.Ended.class);
        assertThat(browser.isSignedIn()).isFalse();
    }

    @Test
    void whoeverComesBackFromTheProviderSeesThatTheyAreSignedOut() {
        house.signIn(browser);

        URI back = house.visit(TestBrowser.location(choose(browser, "provider")));

        Response page = browser.open(back);
        assertThat(page.status()).isEqualTo(200);
        assertThat(text(page)).contains("You are signed out").doesNotContain("too</button>");
        assertThat(text(browser.get(PATH + "?state=of-somebody-else").response()))
                .contains("You are signed out");
    }

    @Test
    void aProviderThatIsAwayChangesNothingAboutOurSignOutAndThePageSaysSo() {
        String here = tokens(browser);
        house.provider().goAway();
        house.facts.clock.advance(Duration.ofHours(13));

        Response page = choose(browser, "provider");

        assertThat(page.status()).isEqualTo(200);
        assertThat(text(page)).contains("You are signed out", "did not answer");
        assertThat(browser.isSignedIn()).isFalse();
        assertThat(lookup(here)).isInstanceOf(RefreshLookup.Ended.class);
    }

    @Test
    void aProviderThatIsAwayIsNotOffered() {
        house.signIn(browser);
        house.provider().goAway();
        house.facts.clock.advance(Duration.ofHours(13));

        assertThat(text(browser.get(PATH).response()))
                .contains("value=\"here\"", "value=\"everywhere\"")
                .doesNotContain("value=\"provider\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", "everywhere", "provider"})
    void nobodyIsSignedOutByAFormOnAnotherSite(String where) {
        String here = tokens(browser);

        Response answer = choose(browser.onForeignPage(), where);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(browser.isSignedIn()).isTrue();
        assertThat(lookup(here)).isInstanceOf(RefreshLookup.Found.class);
    }

    @Test
    void aCookieThatOpensNothingAnyMoreEndsNothing() {
        house.signIn(browser);
        TestBrowser thief = house.browser();
        thief.cookies.putAll(browser.cookies);
        choose(browser, "here");
        String again = tokens(house.browser());

        Response page = choose(thief, "everywhere");

        assertThat(page.status()).isEqualTo(200);
        assertThat(lookup(again)).isInstanceOf(RefreshLookup.Found.class);
        assertThat(thief.isSignedIn()).isFalse();
    }

    @Test
    void whoeverIsNotSignedInEndsNothingAndSeesSo() {
        String somebodys = tokens(house.browser());

        assertThat(text(browser.get(PATH).response())).contains("This browser has no access");
        assertThat(choose(browser, "everywhere").status()).isEqualTo(200);

        assertThat(lookup(somebodys)).isInstanceOf(RefreshLookup.Found.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "elsewhere", "HERE"})
    void anAnswerThatIsNoneOfThoseOfferedEndsNothing(String where) {
        String here = tokens(browser);

        assertThat(choose(browser, where).status()).isEqualTo(400);

        assertThat(lookup(here)).isInstanceOf(RefreshLookup.Found.class);
    }

    /// Attack: the form, or the mark, names somewhere else to go.
    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "id9", ""})
    void nobodyIsSentToAProviderThatIsNotConfigured(String provider) {
        house.signIn(browser);

        Response page = browser.post(PATH, Map.of("where", "provider", "provider", provider));

        assertThat(page.status()).isEqualTo(200);
        assertThat(header(page, "location")).isEmpty();
        browser.cookies.put("__Host-vestibule-signed-out", provider);
        Response shown = browser.get(PATH).response();
        assertThat(text(shown)).contains("You are signed out").doesNotContain("evil");
        assertThat(header(shown, "content-security-policy")).contains("form-action 'self';");
    }

    @Test
    void thePageThatFollowsTheFrontEndsSignOutOffersTheProviderToo() {
        browser.postMultipart("/auth/revoke", Map.of("token", tokens(browser)));

        Response page = browser.get(authorize("&state=s")).response();

        assertThat(text(page))
                .contains("You are signed out", "value=\"provider\"", "value=\"id0\"");
        assertThat(origin(TestBrowser.location(choose(browser, "provider"))))
                .isEqualTo(origin(house.provider().issuer()));
    }

    /// Other tabs of the browser come at once for more, and the provider would not ask.
    @Test
    void doesNotSignInAgainByItselfAndAsksWhoComesNext() {
        house.signIn(browser);
        choose(browser, "here");

        assertThat(text(browser.get(authorize("&state=s")).response()))
                .contains("You are signed out");

        URI next = browser.get("/auth/vestibule/sign-in?prompt=select_account").location();
        assertThat(origin(next)).isEqualTo(origin(house.provider().issuer()));
    }

    @Test
    void atAnotherAddressOfTheHomeItLeadsToWhereTheSessionIs() {
        TestBrowser elsewhere = new TestBrowser(house.login, LoginHouse.SECOND);

        assertThat(elsewhere.get(PATH).location()).isEqualTo(LoginHouse.ORIGIN.resolve(PATH));
    }
}
