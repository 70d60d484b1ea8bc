package dev.vestibule.login;

import static dev.vestibule.TestFacts.HOME;
import static dev.vestibule.login.LoginHouse.authorize;
import static dev.vestibule.login.LoginHouse.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vestibule.audit.EndReason;
import dev.vestibule.grant.RefreshLookup;
import dev.vestibule.http.Response;
import dev.vestibule.outbox.OutboxItem;
import dev.vestibule.outbox.OutboxTask;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;
import dev.vestibule.store.DatabaseUnavailable;
import dev.vestibule.testhouse.home.Tokens;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

class SignOutTest {

    private final LoginHouse house = new LoginHouse();
    private final TestBrowser browser = house.browser();

    @AfterEach
    void close() {
        house.close();
    }

    private Response revoke(TestBrowser from, String refreshToken) {
        return from.postMultipart("/auth/revoke", Map.of("token", refreshToken));
    }

    private RefreshLookup lookup(String refreshToken) {
        return house.facts.grants.findByRefreshToken(HOME, new Secret(refreshToken));
    }

    @Test
    void endsTheGrantHereAndAtHomeAssistant() {
        String token = house.tokens(browser).path("refresh_token").asText();

        assertThat(revoke(browser, token).status()).isEqualTo(200);

        assertThat(lookup(token)).isInstanceOf(RefreshLookup.Ended.class);
        assertThat(house.facts.outbox.due(HOME, 9)).hasSize(1);
        assertThat(house.audit()).contains("SessionEnded signed out");
    }

    @Test
    void whereItFailsHalfWayTheSameTokenSignsOutAtTheNextTry() {
        String token = house.tokens(browser).path("refresh_token").asText();
        TestBrowser elsewhere = new TestBrowser(house.login, LoginHouse.SECOND);
        house.facts.database.change(
                tx ->
                        tx.execute(
                                """
                                CREATE TRIGGER full_disk BEFORE DELETE ON session
                                BEGIN SELECT RAISE(ABORT, 'disk full'); END
                                """));
        assertThatExceptionOfType(DatabaseUnavailable.class)
                .isThrownBy(() -> revoke(elsewhere, token));

        house.facts.database.change(tx -> tx.execute("DROP TRIGGER full_disk"));
        revoke(elsewhere, token);

        assertThat(lookup(token)).isInstanceOf(RefreshLookup.Ended.class);
        assertThat(house.audit()).contains("SessionEnded signed out");
    }

    @Test
    void doesNotSignInAgainByItself() {
        String token = house.tokens(browser).path("refresh_token").asText();
        revoke(browser, token);

        Response page = browser.get(authorize("&state=s")).response();

        assertThat(page.status()).isEqualTo(200);
        assertThat(text(page)).contains("You are signed out").contains("Sign in");
        assertThat(browser.isSignedIn()).isFalse();
        assertThat(text(browser.get(authorize("&state=s")).response()))
                .contains("You are signed out");
    }

    @Test
    void signsInAgainByTheButton() {
        String token = house.tokens(browser).path("refresh_token").asText();
        revoke(browser, token);
        assertThat(text(browser.get(authorize("&state=s")).response()))
                .contains("state=s&amp;wanted=true");

        assertThat(browser.get(authorize("&state=s&wanted=true")).location().toString())
                .startsWith(house.provider().issuer().toString());
        assertThat(browser.get(authorize("&state=s")).location().toString())
                .startsWith(house.provider().issuer().toString());
    }

    @Test
    void endsWhatElseTheSameBrowserWasGivenAndNothingElsewhere() {
        String first = house.tokens(browser).path("refresh_token").asText();
        String sibling =
                LoginHouse.redeem(browser, TestBrowser.code(browser.get(authorize("")).response()))
                        .path("refresh_token")
                        .asText();
        String phone = house.tokens(house.browser()).path("refresh_token").asText();

        revoke(browser, first);

        assertThat(lookup(sibling)).isInstanceOf(RefreshLookup.Ended.class);
        assertThat(lookup(phone)).isInstanceOf(RefreshLookup.Found.class);
    }

    @Test
    void endsTheSessionOfTheGrantWhereTheCookieIsAtAnotherAddress() {
        String token = house.tokens(browser).path("refresh_token").asText();
        TestBrowser elsewhere = new TestBrowser(house.login, LoginHouse.SECOND);

        revoke(elsewhere, token);

        assertThat(browser.get(authorize("")).location().toString())
                .startsWith(house.provider().issuer().toString());
        assertThat(elsewhere.cookies).containsKey("__Host-vestibule-signed-out");
    }

    @Test
    void whoeverSignsInFromAnotherAddressIsNotSignedOutThereAnyMore() {
        TestBrowser elsewhere = new TestBrowser(house.login, LoginHouse.SECOND);
        revoke(elsewhere, house.tokens(browser).path("refresh_token").asText());
        assertThat(text(elsewhere.get(authorize("&state=s")).response()))
                .contains("You are signed out");

        String address = elsewhere.get(authorize("&state=s&wanted=true")).location().toString();

        assertThat(address).startsWith(LoginHouse.ORIGIN + "/auth/authorize?");
        assertThat(elsewhere.get(authorize("&state=s")).location().toString())
                .startsWith(LoginHouse.ORIGIN + "/auth/authorize?");
    }

    /// Attack: whoever stole a token, which ended when that was noticed, signs its owner out with
    /// it.
    @Test
    void aTokenThatHasEndedSignsNobodyOut() {
        String token = house.tokens(browser).path("refresh_token").asText();
        house.facts.sessionLifecycle.endGrant(
                HOME, new Secret(token), new Cause("console", EndReason.BY_OPERATOR, "console"));
        assertThat(lookup(token)).isInstanceOf(RefreshLookup.Ended.class);

        revoke(new TestBrowser(house.login, LoginHouse.SECOND), token);

        assertThat(TestBrowser.code(browser.get(authorize("")).response())).isNotEmpty();
    }

    @Test
    void nobodyIsSignedOutByAFormOnAnotherSite() {
        house.signIn(browser);

        revoke(browser.onForeignPage(), "whatever");

        assertThat(browser.isSignedIn()).isTrue();
        assertThat(TestBrowser.code(browser.get(authorize("")).response())).isNotEmpty();
    }

    @Test
    void answersAlikeWhateverIsShown() {
        assertThat(revoke(browser, "unknown").status()).isEqualTo(200);
        assertThat(browser.post("/auth/revoke", Map.of("x", "y")).status()).isEqualTo(200);
        assertThat(browser.cookies).isEmpty();
    }

    @Test
    void theOldWayOfRevokingStillWorks() {
        String token = house.tokens(browser).path("refresh_token").asText();

        Response response = browser.post("/auth/token", Map.of("action", "revoke", "token", token));

        assertThat(response.status()).isEqualTo(200);
        assertThat(lookup(token)).isInstanceOf(RefreshLookup.Ended.class);
    }

    @Test
    void aTokenThatIsOlderThanTheGatewayIsRevokedAtHomeAssistant() {
        house.home.addUser("Old", "old", "password", "system-users");
        Tokens old = house.home.signInDirectly("old", "password", LoginHouse.CLIENT_ID);

        revoke(browser, old.refreshToken());

        assertThat(house.facts.outbox.due(HOME, 9))
                .extracting(OutboxItem::task)
                .containsExactly(new OutboxTask.RevokeToken(new Secret(old.refreshToken())));
    }
}
