package dev.vestibule.login;

import static dev.vestibule.login.LoginHouse.authorize;
import static dev.vestibule.login.LoginHouse.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.http.Response;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// A provider says that a session is over (OIDC Back-Channel Logout 1.0) whose sign-in has not come
/// back yet.
class LogoutDuringSignInTest {

    private final LoginHouse house = new LoginHouse();
    private final TestBrowser browser = house.browser();

    @AfterEach
    void close() {
        house.close();
    }

    /// The browser has been at the provider, and is not back yet.
    private URI signInUnderWay() {
        return house.visit(browser.get(authorize("&state=s")).location());
    }

    private String sid() {
        return house.provider().sessionIds("ada").getLast();
    }

    private void logOut(@Nullable String subject, @Nullable String sid) {
        house.facts.clock.advance(Duration.ofSeconds(1));
        Response answer =
                house.browser()
                        .post(
                                "/auth/vestibule/back-channel-logout/id0",
                                Map.of(
                                        "logout_token",
                                        house.provider().logoutToken("vestibule", subject, sid)));
        assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    }

    private void assertOut(Response answer) {
        assertThat(answer.status()).as(text(answer)).isEqualTo(400);
        assertThat(browser.isSignedIn()).isFalse();
        assertThat(house.audit()).contains("SessionEnded signed out at the provider");
        house.facts.clock.advance(Duration.ofSeconds(1));
        assertThat(TestBrowser.location(house.signIn(browser)).toString())
                .as("the next sign-in is another one")
                .startsWith(LoginHouse.REDIRECT + "&code=");
    }

    @Test
    void whoIsLoggedOutEverywhereIsNotSignedInByWhatBeganBefore() {
        URI back = signInUnderWay();

        logOut("ada", null);

        assertOut(browser.open(back));
    }

    @Test
    void aSessionThatIsOverIsNotSignedInTo() {
        URI back = signInUnderWay();

        logOut(null, sid());

        assertOut(browser.open(back));
    }

    @Test
    void aSessionOfThePersonThatIsOverIsNotSignedInTo() {
        URI back = signInUnderWay();

        logOut("ada", sid());

        assertOut(browser.open(back));
    }

    @Test
    void whatEndedOfSomebodyElseOrInAnotherSessionHoldsNobodyUp() {
        URI back = signInUnderWay();

        logOut("bob", null);
        logOut(null, "another session");
        logOut("bob", sid());

        assertThat(TestBrowser.location(browser.open(back)).toString())
                .startsWith(LoginHouse.REDIRECT + "&code=");
    }

    @Test
    void aLogoutThatCameBeforeTheSignInBeganHoldsNobodyUp() {
        logOut("ada", null);
        house.facts.clock.advance(Duration.ofSeconds(1));

        assertThat(TestBrowser.location(browser.open(signInUnderWay())).toString())
                .startsWith(LoginHouse.REDIRECT + "&code=");
    }
}
