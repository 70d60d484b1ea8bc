package dev.vestibule.login;

import static dev.vestibule.TestFacts.HOME;
import static dev.vestibule.login.LoginHouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.grant.RefreshLookup;
import dev.vestibule.http.Response;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.Ambush;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Further access tokens for a refresh token of ours (RFC 6749 section 6).
class TokenRefreshTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    private final LoginHouse house = new LoginHouse();
    private final TestBrowser browser = house.browser();
    private String refreshToken = "";

    @BeforeEach
    void signIn() {
        refreshToken = house.tokens(browser).path("refresh_token").asText();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Response refresh(String... more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        form.put("client_id", LoginHouse.CLIENT_ID);
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return browser.post("/auth/token", form);
    }

    private boolean lives() {
        return house.facts.grants.findByRefreshToken(HOME, new Secret(refreshToken))
                instanceof RefreshLookup.Found;
    }

    @Test
    void answersAsHomeAssistantDoes() {
        JsonNode answer = json(refresh());

        assertThat(answer.path("expires_in").asInt()).isEqualTo(1800);
        assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.has("refresh_token")).isFalse();
        assertThat(house.facts.grants.recognise(HOME, answer.path("access_token").asText()))
                .isPresent();
    }

    @Test
    void manyRefreshesOfOneGrantAtOnceAllGetATokenThatWorks() throws Exception {
        List<Response> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                all.add(threads.submit(() -> refresh()));
            }
            for (Future<Response> one : all) {
                answers.add(one.get());
            }
        }

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers)
                .allSatisfy(
                        answer ->
                                assertThat(
                                                house.facts.grants.recognise(
                                                        HOME,
                                                        json(answer).path("access_token").asText()))
                                        .isPresent());
        assertThat(house.facts.grants.list()).hasSize(1);
    }

    @Test
    void whileHomeAssistantRestartsEveryAnswerIsATokenOrALater() throws Exception {
        CountDownLatch begun = new CountDownLatch(4);
        List<Response> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Response>>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> refreshOften(begun)));
            }
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            house.home.stop();
            house.home.startAgain();
            for (Future<List<Response>> one : all) {
                answers.addAll(one.get());
            }
        }

        assertThat(answers).extracting(Response::status).containsAnyOf(200).isSubsetOf(200, 503);
        assertThat(refresh().status()).isEqualTo(200);
    }

    private List<Response> refreshOften(CountDownLatch begun) {
        List<Response> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(refresh());
            begun.countDown();
        }
        return answers;
    }

    @Test
    void anotherClientOrNoneIsRefusedAndEndsNothing() {
        Response other = refresh("client_id", "https://home-assistant.io/android");
        Response none = refresh("client_id", "");

        assertThat(other.status()).isEqualTo(400);
        assertThat(LoginHouse.text(other)).isEqualTo("{\"error\":\"invalid_request\"}");
        assertThat(none.status()).isEqualTo(400);
        assertThat(LoginHouse.text(none)).isEqualTo("{\"error\":\"invalid_request\"}");
        assertThat(refresh().status()).isEqualTo(200);
    }

    @Test
    void whatHomeAssistantRefusesForNowIsPassedOnAndEndsNothing() {
        String ada = house.home.userNamed("Ada Lovelace").orElseThrow().id();
        house.home.setActive(ada, false);

        Response refused = refresh();

        assertThat(refused.status()).isEqualTo(403);
        assertThat(LoginHouse.text(refused)).isEqualTo("{\"error\":\"access_denied\"}");
        assertThat(lives()).isTrue();
        house.home.setActive(ada, true);
        assertThat(refresh().status()).isEqualTo(200);
    }

    @Test
    void aBanOrABrokenAnswerIsAFaultAndEndsNothing() {
        for (int status : new int[] {400, 403, 404, 500, 502}) {
            house.home.faults().answer("/auth/token", status);

            assertThat(refresh().status()).as("status %s", status).isEqualTo(503);
        }
        house.home.faults().clear();
        house.home.faults().cutAfter("/auth/token");
        assertThat(refresh().status()).isEqualTo(503);

        house.home.faults().clear();
        assertThat(refresh().status()).isEqualTo(200);
    }

    @Test
    void aSuspensionWhileHomeAssistantIsAskedLeavesNoTokenBehind() throws Exception {
        Ambush asked = house.home.faults().ambush("POST /auth/token", Ambush.Moment.AFTER);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> answer = threads.submit(() -> refresh());
            asked.await();

            house.facts.lifecycle.suspend(
                    house.facts.accounts.list().getFirst().id(), SuspendedBy.OPERATOR, CAUSE);
            asked.release();

            assertThat(answer.get().status()).isEqualTo(400);
            assertThat(LoginHouse.text(answer.get())).isEqualTo("{\"error\":\"invalid_grant\"}");
        }
    }
}
