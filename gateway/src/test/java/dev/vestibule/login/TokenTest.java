package dev.vestibule.login;

import static dev.vestibule.TestFacts.HOME;
import static dev.vestibule.login.LoginHouse.authorize;
import static dev.vestibule.login.LoginHouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.grant.RefreshLookup;
import dev.vestibule.http.Response;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.Tokens;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;

class TokenTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    /// The pair of RFC 7636 appendix B.
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final LoginHouse house = new LoginHouse();
    private final TestBrowser browser = house.browser();

    @AfterEach
    void close() {
        house.close();
    }

    private Response redeem(String code, String... more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("client_id", LoginHouse.CLIENT_ID);
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return browser.post("/auth/token", form);
    }

    private Response refresh(String refreshToken, String clientId) {
        return browser.post(
                "/auth/token",
                Map.of(
                        "grant_type", "refresh_token",
                        "refresh_token", refreshToken,
                        "client_id", clientId));
    }

    private static void assertRefused(Response response, int status, String body) {
        assertThat(LoginHouse.text(response)).isEqualTo(body);
        assertThat(response.status()).isEqualTo(status);
    }

    private static final String INVALID_CODE =
            "{\"error\":\"invalid_request\",\"error_description\":\"Invalid code\"}";

    @Test
    void takesTheFormOfTheFrontEnd() {
        String code = TestBrowser.code(house.signIn(browser));

        Response response =
                browser.postMultipart(
                        "/auth/token",
                        Map.of(
                                "client_id",
                                LoginHouse.CLIENT_ID,
                                "code",
                                code,
                                "grant_type",
                                "authorization_code"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(json(response).path("ha_auth_provider").asText()).isEqualTo("homeassistant");
        assertThat(TestBrowser.header(response, "cache-control")).isEqualTo("no-store");
    }

    @Test
    void takesACodeOnce() {
        String code = TestBrowser.code(house.signIn(browser));
        assertThat(redeem(code).status()).isEqualTo(200);

        assertRefused(redeem(code), 400, INVALID_CODE);
    }

    @Test
    void takesACodeFromItsClientOnly() {
        String code = TestBrowser.code(house.signIn(browser));

        assertRefused(redeem(code, "client_id", "https://home.lan:8124/"), 400, INVALID_CODE);
        assertThat(redeem(code).status()).isEqualTo(200);
    }

    @Test
    void namesAMissingClient() {
        assertRefused(
                redeem("x", "client_id", ""),
                400,
                "{\"error\":\"invalid_request\",\"error_description\":\"Invalid client id\"}");
    }

    @Test
    void takesNoCodeAfterFiveMinutes() {
        String code = TestBrowser.code(house.signIn(browser));

        house.facts.clock.advance(Duration.ofMinutes(5));

        assertRefused(redeem(code), 400, INVALID_CODE);
    }

    @Test
    void asksForTheVerifierWhereThereWasAChallenge() {
        house.signIn(browser);

        assertThat(redeem(codeWithChallenge(), "code_verifier", VERIFIER).status()).isEqualTo(200);
        assertRefused(
                redeem(codeWithChallenge(), "code_verifier", "x".repeat(43)), 400, INVALID_CODE);
        assertRefused(redeem(codeWithChallenge()), 400, INVALID_CODE);
    }

    private String codeWithChallenge() {
        return TestBrowser.code(
                browser.get(authorize("&code_challenge_method=S256&code_challenge=" + CHALLENGE))
                        .response());
    }

    @Test
    void comparesTheRedirectWhereTheClientRepeatsIt() {
        String code = TestBrowser.code(house.signIn(browser));

        assertRefused(
                redeem(code, "redirect_uri", "https://home.example.org/other"), 400, INVALID_CODE);
    }

    @Test
    void aSuspensionVoidsACodeThatIsOnItsWay() {
        String code = TestBrowser.code(house.signIn(browser));
        AccountId ada = house.facts.accounts.list().getFirst().id();

        house.facts.lifecycle.suspend(ada, SuspendedBy.OPERATOR, CAUSE);
        house.facts.lifecycle.restore(ada, SuspendedBy.OPERATOR, CAUSE);

        assertRefused(redeem(code), 400, INVALID_CODE);
    }

    /// Home Assistant's old tokens live as long as nobody ended them there.
    @Test
    void whoeverWasShutOutComesInOnceNothingOfBeforeIsLeft() {
        house.tokens(browser);
        AccountId ada = house.facts.accounts.list().getFirst().id();
        String user = house.home.userNamed("Ada Lovelace").orElseThrow().id();
        house.home.longLivedToken(user, "script");
        house.facts.lifecycle.suspend(ada, SuspendedBy.OPERATOR, CAUSE);
        house.facts.lifecycle.restore(ada, SuspendedBy.OPERATOR, CAUSE);
        String code = TestBrowser.code(house.signIn(browser));
        assertThat(house.home.refreshTokenIds(user)).hasSize(2);

        assertThat(redeem(code).status()).isEqualTo(200);

        assertThat(house.home.refreshTokenIds(user)).hasSize(1);
    }

    @Test
    void whoeverWasShutOutStaysOutAsLongAsOldTokensCannotBeEnded() {
        house.tokens(browser);
        AccountId ada = house.facts.accounts.list().getFirst().id();
        house.facts.lifecycle.suspend(ada, SuspendedBy.OPERATOR, CAUSE);
        house.facts.lifecycle.restore(ada, SuspendedBy.OPERATOR, CAUSE);
        String code = TestBrowser.code(house.signIn(browser));
        house.home.faults().failCommand("auth/refresh_tokens", "unknown_error");

        assertThat(redeem(code).status()).isEqualTo(503);

        assertThat(house.facts.grants.list()).isEmpty();
    }

    @Test
    void theEndOfTheSessionVoidsACodeThatIsOnItsWay() {
        String code = TestBrowser.code(house.signIn(browser));

        browser.post("/auth/revoke", Map.of("token", "whatever"));

        assertRefused(redeem(code), 400, INVALID_CODE);
        assertThat(house.facts.grants.list()).isEmpty();
    }

    @Test
    void releasesNoTokenOfSomebodyElse() {
        String code = TestBrowser.code(house.signIn(browser));
        house.facts.database.change(
                tx -> tx.execute("UPDATE authorization_code SET ha_user_id = 'another'"));

        assertRefused(redeem(code), 400, INVALID_CODE);
        assertThat(house.facts.grants.list()).isEmpty();
        assertThat(house.facts.outbox.due(HOME, 9)).hasSize(1);
    }

    /// As by another sign-in of the same person that still ends what is old: nothing is proven.
    @Test
    void aTokenThatDiesWhileItIsMadeIsAskedForAgain() throws Exception {
        String code = TestBrowser.code(house.signIn(browser));
        String userId = house.home.userNamed("Ada Lovelace").orElseThrow().id();
        Ambush made = house.home.faults().ambush("POST /auth/token", Ambush.Moment.AFTER);
        var answer = new FutureTask<>(() -> redeem(code));
        Thread.ofVirtual().start(answer);
        made.await();
        house.home.setActive(userId, false);
        made.release();

        assertLater(answer.get());
        assertThat(house.facts.grants.list()).isEmpty();
    }

    @Test
    void givesFurtherAccessTokensWithoutARefreshToken() {
        JsonNode tokens = house.tokens(browser);

        JsonNode fresh = json(refresh(refreshToken(tokens), LoginHouse.CLIENT_ID));

        assertThat(fresh.has("refresh_token")).isFalse();
        assertThat(fresh.path("access_token").asText()).isNotEmpty();
        assertThat(house.facts.grants.recognise(HOME, fresh.path("access_token").asText()))
                .isPresent();
    }

    private static String refreshToken(JsonNode tokens) {
        return tokens.path("refresh_token").asText();
    }

    @Test
    void refreshesForTheSameClientOnly() {
        JsonNode tokens = house.tokens(browser);

        assertRefused(
                refresh(refreshToken(tokens), "https://home.lan:8124/"),
                400,
                "{\"error\":\"invalid_request\"}");
    }

    @Test
    void refreshesNothingAfterASuspension() {
        JsonNode tokens = house.tokens(browser);
        house.facts.lifecycle.suspend(
                house.facts.accounts.list().getFirst().id(), SuspendedBy.OPERATOR, CAUSE);

        assertRefused(
                refresh(refreshToken(tokens), LoginHouse.CLIENT_ID),
                400,
                "{\"error\":\"invalid_grant\"}");
    }

    @Test
    void refreshesNothingThatNobodyEverIssued() {
        assertRefused(
                refresh("f".repeat(128), LoginHouse.CLIENT_ID),
                400,
                "{\"error\":\"invalid_grant\"}");
    }

    @Test
    void endsTheGrantThatHomeAssistantHasEnded() {
        JsonNode tokens = house.tokens(browser);
        house.home.deleteUser(house.home.userNamed("Ada Lovelace").orElseThrow().id());

        assertRefused(
                refresh(refreshToken(tokens), LoginHouse.CLIENT_ID),
                400,
                "{\"error\":\"invalid_grant\"}");
        assertThat(house.facts.grants.findByRefreshToken(HOME, new Secret(refreshToken(tokens))))
                .isInstanceOf(RefreshLookup.Ended.class);
    }

    @Test
    void neverCallsAFaultTheEndOfAGrant() {
        JsonNode tokens = house.tokens(browser);
        String code = TestBrowser.code(browser.get(authorize("")).response());
        house.home.stop();

        assertLater(refresh(refreshToken(tokens), LoginHouse.CLIENT_ID));
        assertLater(refresh("f".repeat(128), LoginHouse.CLIENT_ID));
        assertLater(redeem(code));

        house.home.startAgain();
        assertThat(refresh(refreshToken(tokens), LoginHouse.CLIENT_ID).status()).isEqualTo(200);
    }

    private static void assertLater(Response response) {
        assertRefused(response, 503, "{\"error\":\"temporarily_unavailable\"}");
        assertThat(TestBrowser.header(response, "retry-after")).isNotEmpty();
    }

    @Test
    void aDatabaseThatIsAwayIsAFaultToo() {
        JsonNode tokens = house.tokens(browser);
        house.facts.database.close();

        assertLater(refresh(refreshToken(tokens), LoginHouse.CLIENT_ID));
    }

    @Test
    void goesOnWithATokenThatIsOlderThanTheGateway() {
        house.home.addUser("Old", "old", "password", "system-users");
        Tokens old = house.home.signInDirectly("old", "password", LoginHouse.CLIENT_ID);

        JsonNode fresh = json(refresh(old.refreshToken(), LoginHouse.CLIENT_ID));

        assertThat(fresh.path("access_token").asText()).isNotEmpty();
        assertThat(house.audit()).contains("TokenAdopted");
    }

    @Test
    void knowsNoOtherGrantType() {
        String unsupported = "{\"error\":\"unsupported_grant_type\"}";

        assertRefused(
                browser.post("/auth/token", Map.of("grant_type", "password")), 400, unsupported);
        assertRefused(browser.post("/auth/token", Map.of("x", "y")), 400, unsupported);
    }

    @Test
    void describesItselfTruthfully() {
        JsonNode document = json(browser.get("/.well-known/oauth-authorization-server").response());

        assertThat(document.path("issuer").asText()).isEqualTo("https://home.example.org");
        assertThat(document.path("token_endpoint").asText())
                .isEqualTo("https://home.example.org/auth/token");
        assertThat(document.path("code_challenge_methods_supported").toString())
                .isEqualTo("[\"S256\"]");
        assertThat(document.has("client_id_metadata_document_supported")).isFalse();
        assertThat(document.has("registration_endpoint")).isFalse();
        assertThat(
                        json(browser.get("/.well-known/oauth-protected-resource").response())
                                .path("authorization_servers")
                                .path(0)
                                .asText())
                .isEqualTo("https://home.example.org");
    }
}
