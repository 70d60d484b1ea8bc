package dev.vestibule.login;

import static dev.vestibule.TestFacts.HOME;
import static dev.vestibule.login.LoginHouse.authorize;
import static dev.vestibule.login.LoginHouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.admission.AuthorizationCodeStore;
import dev.vestibule.audit.EndReason;
import dev.vestibule.grant.RefreshLookup;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.http.Response;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.Ambush;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A code that is shown twice, and a code that Home Assistant never got.
class AuthorizationCodeTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    /// The pair of RFC 7636 appendix B.
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final LoginHouse house = new LoginHouse();
    private final TestBrowser browser = house.browser();

    private final AuthorizationCodeStore store =
            new AuthorizationCodeStore(
                    house.facts.clock,
                    house.facts.secrets,
                    house.facts.database,
                    house.facts.sealer,
                    house.facts.grants);

    @AfterEach
    void close() {
        house.close();
    }

    private String newCode() {
        return TestBrowser.code(house.signIn(browser));
    }

    private static Response redeem(TestBrowser by, String code, String... more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("client_id", LoginHouse.CLIENT_ID);
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return by.post("/auth/token", form);
    }

    /// Somebody without the browser's cookies.
    private TestBrowser stranger(String address) {
        return house.browser().at(address);
    }

    private boolean lives(JsonNode tokens) {
        Secret refreshToken = new Secret(tokens.path("refresh_token").asText());
        return house.facts.grants.findByRefreshToken(HOME, refreshToken)
                instanceof RefreshLookup.Found;
    }

    private AccountId ada() {
        return house.facts.accounts.list().getFirst().id();
    }

    @Test
    void aThiefWhoShowsACodeAfterItsClientEndsWhatTheClientGot() {
        String code = newCode();
        JsonNode tokens = json(redeem(stranger("192.0.2.1"), code));
        assertThat(lives(tokens)).isTrue();

        assertThat(redeem(stranger("203.0.113.66"), code).status()).isEqualTo(400);

        assertThat(lives(tokens)).isFalse();
        assertThat(house.audit()).contains("GrantRevoked its authorization code was shown twice");
    }

    @Test
    void aClientThatComesAfterTheThiefEndsWhatTheThiefGot() {
        String code = newCode();
        JsonNode stolen = json(redeem(stranger("203.0.113.66"), code));

        assertThat(redeem(stranger("192.0.2.1"), code).status()).isEqualTo(400);

        assertThat(lives(stolen)).isFalse();
    }

    @Test
    void aFrontEndThatPostsItsCodeTwiceKeepsWhatItGot() {
        String code = newCode();
        JsonNode tokens = json(redeem(browser, code));

        assertThat(redeem(browser, code).status()).isEqualTo(400);
        house.facts.clock.advance(Duration.ofMinutes(2));
        assertThat(redeem(browser.at("198.51.100.4"), code).status()).isEqualTo(400);

        assertThat(lives(tokens)).isTrue();
    }

    @Test
    void anAppThatAsksAgainBecauseTheAnswerWasLostKeepsWhatItGot() {
        String code = newCode();
        JsonNode tokens = json(redeem(stranger("192.0.2.1"), code));

        house.facts.clock.advance(CodeReplay.DOUBLE_POST.minusSeconds(1));
        assertThat(redeem(stranger("192.0.2.1"), code).status()).isEqualTo(400);
        assertThat(lives(tokens)).isTrue();

        house.facts.clock.advance(Duration.ofSeconds(1));
        assertThat(redeem(stranger("192.0.2.1"), code).status()).isEqualTo(400);
        assertThat(lives(tokens)).isFalse();
    }

    @Test
    void whoHasTheCodeAloneCannotEndWhatItsVerifierProtects() {
        String code =
                TestBrowser.code(
                        browser.open(
                                house.visit(
                                        browser.get(
                                                        authorize(
                                                                "&code_challenge="
                                                                        + CHALLENGE
                                                                        + "&code_challenge_method="
                                                                        + "S256"))
                                                .location())));
        JsonNode tokens = json(redeem(stranger("192.0.2.1"), code, "code_verifier", VERIFIER));

        redeem(stranger("203.0.113.66"), code);
        redeem(stranger("203.0.113.66"), code, "code_verifier", "guess".repeat(10));
        redeem(
                stranger("203.0.113.66"),
                code,
                "code_verifier",
                VERIFIER,
                "client_id",
                "https://home.lan:8124/");
        assertThat(lives(tokens)).isTrue();

        redeem(stranger("203.0.113.66"), code, "code_verifier", VERIFIER);
        assertThat(lives(tokens)).isFalse();
    }

    @Test
    void aRedeemedCodeIsForgottenAfterItsTime() {
        String code = newCode();
        JsonNode tokens = json(redeem(stranger("192.0.2.1"), code));

        house.facts.clock.advance(AuthorizationCodeStore.LIFETIME);
        house.login.sweep();
        redeem(stranger("203.0.113.66"), code);

        assertThat(lives(tokens)).isTrue();
    }

    @Test
    void aThiefWhoComesWhileTheClientIsServedLeavesNobodyAnything() throws Exception {
        String code = newCode();
        Ambush served = house.home.faults().ambush("POST /auth/token", Ambush.Moment.AFTER);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> client = threads.submit(() -> redeem(stranger("192.0.2.1"), code));
            served.await();

            assertThat(redeem(stranger("203.0.113.66"), code).status()).isEqualTo(400);

            served.release();
            assertThat(client.get().status()).isEqualTo(400);
        }
        assertThat(house.facts.grants.list()).isEmpty();
        assertThat(house.facts.outbox.count()).isEqualTo(1);
    }

    private int count(String table) {
        return house.facts.database.read(
                handle ->
                        handle.createQuery("SELECT COUNT(*) FROM " + table)
                                .mapTo(Integer.class)
                                .one());
    }

    @Test
    void aCodeOfAUserThatThePersonIsNoMoreGivesNothing() {
        String code = newCode();
        house.facts.database.change(
                tx -> tx.execute("UPDATE home_user SET ha_user_id = 'another'"));

        assertThat(redeem(browser, code).status()).isEqualTo(400);

        assertThat(house.facts.grants.list()).isEmpty();
        assertThat(house.facts.outbox.count()).isEqualTo(1);
    }

    /// Cuts Home Assistant off, and waits until the gateway has no connection left to try.
    private void unplug() {
        house.home.unplug();
        boolean isNoticed = false;
        for (int i = 0; i < 50 && !isNoticed; i++) {
            try {
                house.homeAssistant.tokens().revoke(new Secret("nobody's"));
            } catch (HomeAssistantUnavailable away) {
                isNoticed = away.neverReached();
            }
        }
        assertThat(isNoticed).isTrue();
    }

    @Test
    void aCodeThatHomeAssistantNeverGotIsGoodForAnotherTry() {
        String code = newCode();
        unplug();

        assertThat(redeem(browser, code).status()).isEqualTo(503);
        assertThat(redeem(browser, code).status()).isEqualTo(503);
        house.home.startAgain();

        JsonNode tokens = json(redeem(browser, code));
        assertThat(lives(tokens)).isTrue();
        assertThat(redeem(browser, code).status()).isEqualTo(400);
    }

    @Test
    void aCodeThatMayHaveArrivedIsUsedUp() {
        String code = newCode();
        house.home.faults().cutAfter("/auth/token");

        assertThat(redeem(browser, code).status()).isEqualTo(503);
        assertThat(count("authorization_code")).isZero();

        house.home.faults().clear();
        assertThat(redeem(browser, code).status()).isEqualTo(400);
        assertThat(house.facts.grants.list()).isEmpty();
    }

    @Test
    void aCodeThatIsPutBackKeepsItsTime() {
        String code = newCode();
        house.facts.clock.advance(AuthorizationCodeStore.LIFETIME.minusSeconds(2));
        unplug();
        redeem(browser, code);
        house.home.startAgain();

        house.facts.clock.advance(Duration.ofSeconds(2));

        assertThat(redeem(browser, code).status()).isEqualTo(400);
    }

    @Test
    void aPersonWhoIsSuspendedMeanwhileStaysOutAlsoWhenRestored() {
        String code = newCode();
        unplug();
        redeem(browser, code);
        house.facts.lifecycle.suspend(ada(), SuspendedBy.OPERATOR, CAUSE);
        house.facts.lifecycle.restore(ada(), SuspendedBy.OPERATOR, CAUSE);
        house.home.startAgain();

        assertThat(redeem(browser, code).status()).isEqualTo(400);
        assertThat(house.facts.grants.list()).isEmpty();
    }

    @Test
    void howeverManyTryWhileHomeAssistantComesBackExactlyOneSucceeds() throws Exception {
        String code = newCode();
        unplug();
        CountDownLatch tried = new CountDownLatch(8);
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Integer>>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> redeemOften(code, tried)));
            }
            assertThat(tried.await(30, TimeUnit.SECONDS)).isTrue();
            house.home.startAgain();
            for (Future<List<Integer>> one : all) {
                statuses.addAll(one.get());
            }
        }
        statuses.add(redeem(browser, code).status());

        assertThat(statuses).containsOnlyOnce(200);
        assertThat(statuses).allMatch(status -> Set.of(200, 400, 503).contains(status));
        assertThat(house.facts.grants.list()).hasSize(1);
    }

    private List<Integer> redeemOften(String code, CountDownLatch tried) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            statuses.add(redeem(browser, code).status());
            if (i == 4) {
                tried.countDown();
            }
        }
        return statuses;
    }

    private AuthorizationCodeStore.Kept take(Secret code) {
        return store.consume(code, HOME, LoginHouse.CLIENT_ID, "192.0.2.1").orElseThrow();
    }

    @Test
    void onlyWhoTookACodeOutPutsItBackAndOnlyOnce() {
        Secret code = new Secret(newCode());
        AuthorizationCodeStore.Kept first = take(code);
        store.putBack(first);
        AuthorizationCodeStore.Kept second = take(code);

        store.putBack(first);
        assertThat(store.consume(code, HOME, LoginHouse.CLIENT_ID, "192.0.2.1")).isEmpty();

        store.putBack(second);
        assertThat(store.consume(code, HOME, LoginHouse.CLIENT_ID, "192.0.2.1")).isPresent();
    }

    @Test
    void aCodeThatWasShownAgainMeanwhileIsNotPutBack() {
        Secret code = new Secret(newCode());
        AuthorizationCodeStore.Kept taken = take(code);
        assertThat(store.markReplayed(code)).isEmpty();

        store.putBack(taken);

        assertThat(store.consume(code, HOME, LoginHouse.CLIENT_ID, "192.0.2.1")).isEmpty();
    }
}
