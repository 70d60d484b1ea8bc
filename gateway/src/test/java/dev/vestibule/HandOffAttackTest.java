package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// Whom a hand-off must not let in: phishers, guessers, thieves, latecomers, people who have no
/// access.
class HandOffAttackTest {

    private final TestHouse house = new TestHouse();
    private final CompanionPhone phone = new CompanionPhone(house, CompanionPhone.ANDROID);
    private final CompanionPhone other = new CompanionPhone(house, CompanionPhone.ANDROID);
    private final VisitorBrowser browser = new VisitorBrowser();

    @BeforeEach
    void benIsAtTheProvider() {
        house.provider().signInAutomaticallyAs("ben");
    }

    @AfterEach
    void close() {
        browser.close();
        other.close();
        phone.close();
        house.close();
    }

    private String benSignsInFor(Answer page) {
        return CompanionPhone.codeIn(CompanionPhone.signIn(browser, phone.leaveFrom(page)));
    }

    private Answer typed(Answer page, String code) {
        return phone.type(CompanionPhone.linkIn(page), code);
    }

    private void assertNobodyCameIn(Answer answer) {
        assertThat(answer.location()).doesNotContain("homeassistant:");
        assertThat(house.isAudited("HandOffFinished")).isFalse();
        assertThat(house.homeAssistant().record().requests())
                .noneMatch(request -> request.target().startsWith("/auth/login_flow"));
    }

    /// Attack: another app that listens to the scheme of Home Assistant's.
    @ParameterizedTest
    @CsvSource({
        "https://home-assistant.io/iOS, homeassistant-dev://auth-callback",
        "https://home-assistant.io/iOS, homeassistant://auth-callback/",
        "https://home-assistant.io/iOS, homeassistant://auth-callback?x=1",
        "https://home-assistant.io/iOS/, homeassistant://auth-callback",
        "https://home-assistant.io/ios, homeassistant://auth-callback",
        "https://home-assistant.io/Android, homeassistant://auth-callback",
        "https://evil.example/, homeassistant://auth-callback",
        "https://home-assistant.io/android, javascript:alert(1)",
        "https://home-assistant.io/iOS,"
                + " https://wear.googleapis.com/3p_auth/io.homeassistant.companion.android",
        "https://home-assistant.io/android, https://wear.googleapis.com/3p_auth/io.evil"
    })
    void aPairThatIsNotExactlyAnAppsIsRefused(String clientId, String redirectUri) {
        Answer page = browser.get(CompanionPhone.authorize(house, clientId, redirectUri));

        assertThat(page.status()).isBetween(400, 403);
        assertThat(page.location()).isEmpty();
    }

    /// Attack: somebody sends a stranger the address of their own app's hand-off, or the provider's
    /// address that it leaves for. What the stranger gets is a code; what the attacker's page gets
    /// is nothing.
    @Test
    void aPhishedLinkGainsNothing() {
        CompanionPhone attacker = other;
        Answer attackersPage = attacker.open();
        String attackersLink = CompanionPhone.linkIn(attackersPage);
        VisitorBrowser victim = browser;

        String code =
                CompanionPhone.codeIn(
                        CompanionPhone.signIn(
                                victim, house.at("/auth/app/" + attackersLink + "?with=op")));

        assertThat(attacker.state(attackersLink)).isEqualTo("confirmed");
        Answer attackerLooksAgain = attacker.open();
        assertThat(attackerLooksAgain.body())
                .doesNotContain(code)
                .doesNotContain(code.replace("-", ""))
                .doesNotContain("Ben");
        Answer attackerTypes = attacker.type(attackersLink, "22222222");
        assertNobodyCameIn(attackerTypes);
        Answer victimsOwnApp = typed(phone.open(), code);
        assertThat(victimsOwnApp.body()).contains("No code is waiting");
        assertNobodyCameIn(victimsOwnApp);
        assertThat(house.isAudited("SignedIn")).isFalse();
    }

    /// Attack: the provider's address instead of ours, so that nobody is told beforehand.
    @Test
    void aPhishedAddressOfTheProviderEndsAtTheSameWarning() {
        URI provider = other.leave();

        Answer shown = CompanionPhone.signIn(browser, provider);

        assertThat(shown.body())
                .contains("If somebody sent you here, close this page")
                .contains("Pixel 9");
        assertThat(house.isAudited("SignedIn")).isFalse();
    }

    /// Attack: the attacker proves who they are, and has somebody else's browser finish it.
    @Test
    void anAttackersCallbackInAnotherBrowserIsACodeForTheAttackersPageOnly() {
        Answer attackersPage = other.open();
        Answer atTheDoor = browser.get(other.leaveFrom(attackersPage));
        VisitorBrowser victim = phone.view();
        Answer victimsPage = phone.open();

        Answer shown = CompanionPhone.signIn(victim, URI.create(atTheDoor.location()));

        assertThat(shown.body()).contains("Type this code into the app");
        assertNobodyCameIn(typed(victimsPage, CompanionPhone.codeIn(shown)));
    }

    @Test
    void fiveGuessesAreAllThereAre() {
        Answer page = phone.open();
        String code = benSignsInFor(page);
        for (int left = 4; left > 1; left--) {
            assertThat(typed(page, "22222222").body()).contains("You have " + left + " more tries");
        }
        assertThat(typed(page, "22222222").body()).contains("You have one more try");

        Answer fifth = typed(page, "22222222");

        assertThat(fifth.body()).contains("Too many wrong codes");
        Answer tooLate = typed(page, code);
        assertThat(tooLate.body()).contains("This sign-in is over");
        assertNobodyCameIn(tooLate);
        assertThat(house.isAudited("AuthenticationFailed")).isTrue();
    }

    @Test
    void anotherCodeDoesNotBeginTheCountAnew() {
        Answer page = phone.open();
        for (int i = 0; i < 4; i++) {
            benSignsInFor(page);
            typed(page, "22222222");
        }
        String code = benSignsInFor(page);
        typed(page, "22222222");

        assertNobodyCameIn(typed(page, code));
    }

    @Test
    void aCodeIsGoodInThePageThatItWasMadeForOnly() {
        Answer page = phone.open();
        Answer othersPage = other.open();
        String code = benSignsInFor(page);
        CompanionPhone.signIn(browser, other.leaveFrom(othersPage));

        Answer refused = other.type(CompanionPhone.linkIn(othersPage), code);

        assertThat(refused.body()).contains("That is not the code");
        assertNobodyCameIn(refused);
    }

    /// Attack: the link and the code were both read over somebody's shoulder.
    @Test
    void whoeverKnowsLinkAndCodeButIsNotTheAppsPageGetsNothing() {
        Answer page = phone.open();
        String link = CompanionPhone.linkIn(page);
        String code = benSignsInFor(page);

        Answer thief = other.type(link, code);

        assertThat(thief.body()).contains("This sign-in is over");
        assertNobodyCameIn(thief);
        assertThat(other.state(link)).isEqualTo("over");
        assertThat(CompanionPhone.appCode(typed(page, code))).isNotEmpty();
    }

    /// Attack: somebody of the house signs in for an app that is not theirs.
    @Test
    void whoSignsInForTheSameAppLaterTakesNobodysCodeAway() {
        Answer page = phone.open();
        String code = benSignsInFor(page);
        house.provider().signInAutomaticallyAs("ada");

        Answer late = CompanionPhone.signIn(other.view(), phone.leaveFrom(page));

        assertThat(late.body()).contains("Somebody else has signed in for this app");
        assertThat(house.isAuditedFor("hand-off-taken")).isTrue();
        assertThat(CompanionPhone.appCode(typed(page, code))).isNotEmpty();
    }

    @Test
    void aCodeWorksOnce() {
        Answer page = phone.open();
        String code = benSignsInFor(page);
        typed(page, code);

        Answer again = typed(page, code);

        assertThat(again.body()).contains("This sign-in is over");
        assertThat(again.location()).isEmpty();
    }

    @Test
    void aCodeRunsOutAndAnotherSignInGivesAnother() {
        TestClock clock = new TestClock(InstantSource.system().instant());
        house.restartGateway(clock);
        Answer page = phone.open();
        String code = benSignsInFor(page);
        clock.advance(Duration.ofMinutes(5));

        Answer late = typed(page, code);

        assertThat(late.body()).contains("No code is waiting");
        assertNobodyCameIn(late);
        assertThat(phone.state(CompanionPhone.linkIn(page))).isEqualTo("waiting");
    }

    @Test
    void aPageThatNobodySignsInForRunsOut() {
        TestClock clock = new TestClock(InstantSource.system().instant());
        house.restartGateway(clock);
        Answer page = phone.open();
        URI provider = phone.leaveFrom(page);
        clock.advance(Duration.ofMinutes(15));

        Answer late = browser.get(house.at("/auth/app/" + CompanionPhone.linkIn(page)));

        assertThat(late.body()).contains("This sign-in is over");
        assertThat(phone.state(CompanionPhone.linkIn(page))).isEqualTo("over");
        assertThat(CompanionPhone.signIn(browser, provider).body()).doesNotContain("code class");
    }

    @Test
    void whoTypesBeforeSigningInIsToldSo() {
        Answer early = typed(phone.open(), "22222222");

        assertThat(early.body()).contains("No code is waiting. Sign in first");
        assertNobodyCameIn(early);
    }

    @ParameterizedTest
    @CsvSource({"''", "1234", "K7QX-4M2P-1", "'<script>'", "OOOOIIII"})
    void whatCannotBeACodeIsNoTry(String typed) {
        Answer page = phone.open();
        String code = benSignsInFor(page);
        for (int i = 0; i < 6; i++) {
            assertThat(typed(page, typed).body()).contains("eight letters and digits");
        }

        assertThat(CompanionPhone.appCode(typed(page, code))).isNotEmpty();
    }

    /// The browser's "back", or its page loaded anew.
    @Test
    void goingBackInTheBrowserDoesNoHarm() {
        Answer page = phone.open();
        Answer atTheDoor = browser.get(phone.leaveFrom(page));
        URI callback = URI.create(atTheDoor.location());
        String code = CompanionPhone.codeIn(CompanionPhone.signIn(browser, callback));

        Answer again = browser.get(callback);

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body()).doesNotContain(code);
        assertThat(CompanionPhone.appCode(typed(page, code))).isNotEmpty();
    }

    @Test
    void whomTheProviderRefusesTriesAgainForTheSameApp() {
        Answer page = phone.open();
        URI atTheProvider = phone.leaveFrom(page);
        house.provider().disable("ben");

        Answer refused = CompanionPhone.signIn(browser, atTheProvider);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body())
                .contains("href=\"/auth/app/" + CompanionPhone.linkIn(page) + "\"");
        house.provider().enable("ben");
        assertThat(CompanionPhone.appCode(typed(page, benSignsInFor(page)))).isNotEmpty();
    }

    @Test
    void whoIsSuspendedBetweenTheCodeAndTheTypingIsOut() {
        house.signIn(browser, "ben");
        house.homeAssistant().record().clear();
        Answer page = phone.open();
        String code = benSignsInFor(page);
        house.suspend("ben");

        Answer refused = typed(page, code);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("suspended");
        assertNobodyCameIn(refused);
        house.restore("ben");
        assertThat(typed(page, code).body()).contains("This sign-in is over");
    }

    @Test
    void whoSignsOutEverywhereTakesTheCodeBack() {
        house.signIn(browser, "ben");
        house.homeAssistant().record().clear();
        Answer page = phone.open();
        String code = benSignsInFor(page);
        browser.postForm(
                house.at("/auth/vestibule/sign-out"),
                Map.of("where", "everywhere"),
                "Sec-Fetch-Site",
                "same-origin");

        Answer refused = typed(page, code);

        assertThat(refused.body()).contains("This sign-in is over");
        assertNobodyCameIn(refused);
    }

    @Test
    void whoHasNoRoleHereGetsNoCode() {
        house.provider().signInAutomaticallyAs("sam");
        Answer page = phone.open();

        Answer refused = CompanionPhone.signIn(browser, phone.leaveFrom(page));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("You have no access to this home");
        assertThat(phone.state(CompanionPhone.linkIn(page))).isEqualTo("waiting");
        assertThat(house.gateway().accounts().list()).isEmpty();
    }

    @Test
    void aFormOnAnotherSiteTypesNothing() {
        Answer page = phone.open();
        String code = benSignsInFor(page);

        Answer refused =
                phone.view()
                        .postForm(
                                house.at("/auth/vestibule/hand-off"),
                                Map.of("link", CompanionPhone.linkIn(page), "code", code),
                                "Sec-Fetch-Site",
                                "cross-site");

        assertThat(refused.status()).isEqualTo(403);
        assertNobodyCameIn(refused);
    }

    @Test
    void anOrdinarySignInComesBackInItsOwnBrowserOnly() {
        Answer away = phone.view().get(house.authorizeAddress());
        Answer atTheDoor = phone.view().get(URI.create(away.location()));

        Answer elsewhere = browser.get(URI.create(atTheDoor.location()));

        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(house.isAudited("SignedIn")).isFalse();
        assertThat(house.isAudited("HandOffConfirmed")).isFalse();
    }

    @Test
    void aMadeUpLinkIsToldNothing() {
        assertThat(browser.get(house.at("/auth/app/22222222")).body())
                .contains("This sign-in is over");
        assertThat(browser.get(house.at("/auth/vestibule/hand-off?link=22222222")).body())
                .contains("This sign-in is over");
    }
}
