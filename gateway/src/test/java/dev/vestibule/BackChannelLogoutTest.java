package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.testhouse.openid.LogoutLie;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.net.URI;
import java.net.http.HttpResponse;

/// A provider says that somebody signed out there (OIDC Back-Channel Logout 1.0).
class BackChannelLogoutTest {

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    @Test
    void theOpenDashboardOfThatSessionCloses() {
        SignedIn ben = house.signIn(browser, "ben");
        try (VisitorSocket socket = house.openSocket(browser)) {
            socket.authenticate(ben.accessToken());

            HttpResponse<String> answer = send(null, sidOf("ben"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
            assertThat(socket.awaitClose()).isEqualTo(1008);
        }
        assertThat(house.refresh(browser, ben.refreshToken(), house.clientId()).body())
                .contains("invalid_grant");
        assertThat(house.get(browser, "/api/config", ben.accessToken()).status()).isEqualTo(401);
    }

    @Test
    void anotherSessionOfTheSamePersonLivesOn() {
        house.signIn(browser, "ben");
        String first = sidOf("ben");
        try (VisitorBrowser other = new VisitorBrowser()) {
            SignedIn elsewhere = house.signIn(other, "ben");

            assertThat(send("ben", first).statusCode()).isEqualTo(200);

            assertThat(house.get(other, "/api/config", elsewhere.accessToken()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aTokenWithoutASessionEndsEverySessionFromThatProvider() {
        SignedIn first = house.signIn(browser, "ben");
        try (VisitorBrowser other = new VisitorBrowser();
                VisitorBrowser ada = new VisitorBrowser()) {
            SignedIn second = house.signIn(other, "ben");
            SignedIn somebodyElse = house.signIn(ada, "ada");

            assertThat(send("ben", null).statusCode()).isEqualTo(200);

            assertThat(house.get(browser, "/api/config", first.accessToken()).status())
                    .isEqualTo(401);
            assertThat(house.get(other, "/api/config", second.accessToken()).status())
                    .isEqualTo(401);
            assertThat(house.get(ada, "/api/config", somebodyElse.accessToken()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aSessionOfSomebodyElseIsLeftAlone() {
        SignedIn ben = house.signIn(browser, "ben");

        assertThat(send("ada", sidOf("ben")).statusCode()).isEqualTo(200);

        assertThat(house.get(browser, "/api/config", ben.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void aTokenWorksOnce() {
        house.signIn(browser, "ben");
        String token = house.provider().logoutToken("vestibule", "ben", null);
        assertThat(post(token).statusCode()).isEqualTo(200);
        SignedIn again = house.signIn(browser, "ben");

        assertThat(post(token).statusCode()).isEqualTo(400);

        assertThat(house.get(browser, "/api/config", again.accessToken()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(value = LogoutLie.class, mode = Mode.EXCLUDE, names = "REPLAYED")
    void onlyATokenThatIsGoodEndsAnything(LogoutLie lie) {
        SignedIn ben = house.signIn(browser, "ben");

        int status =
                house.provider().backChannelLogout("vestibule", target(), "ben", sidOf("ben"), lie);

        assertThat(status).isEqualTo(lie.isAcceptable() ? 200 : 400);
        assertThat(house.get(browser, "/api/config", ben.accessToken()).status())
                .isEqualTo(lie.isAcceptable() ? 401 : 200);
    }

    @Test
    void aRefusalSaysWhyInTheFormOfTheSpecificationAndIsNotKept() {
        HttpResponse<String> answer = post("not.a.token");

        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.body()).contains("\"error\":\"invalid_request\"");
    }

    @Test
    void whatIsNoTokenIsRefused() {
        assertThat(post("").statusCode()).isEqualTo(400);
        assertThat(post("not.a.token").statusCode()).isEqualTo(400);
    }

    private String sidOf(String subject) {
        return house.provider().sessionIds(subject).getLast();
    }

    private HttpResponse<String> send(@Nullable String subject, @Nullable String sid) {
        return post(house.provider().logoutToken("vestibule", subject, sid));
    }

    private HttpResponse<String> post(String logoutToken) {
        return house.provider().postLogoutToken(target(), logoutToken);
    }

    private URI target() {
        return house.at("/auth/vestibule/back-channel-logout/op");
    }
}
