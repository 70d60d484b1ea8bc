package dev.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.Ambush.Moment;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// `kill -9` of the gateway at every step by which Home Assistant is brought into agreement, and
/// another gateway over the same data: nothing is lost, and nothing is left over.
///
/// One house for all steps, since starting the program is what takes the time. Each step has a
/// person of its own, and the gateway that finishes for one is the one that is killed for the next.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KilledGatewayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    private ServedHouse house;
    private Operator operator;
    private int people;

    @BeforeAll
    void open(@TempDir Path directory) {
        house = new ServedHouse(directory);
        operator = new Operator(house.configuration());
    }

    @AfterAll
    void close() {
        house.close();
    }

    /// Where the gateway dies.
    ///
    /// @param what a websocket command, or method and address, of Home Assistant
    record Step(String what, int nth, Moment moment) {

        static Step before(String what) {
            return new Step(what, 1, Moment.BEFORE);
        }

        static Step after(String what) {
            return new Step(what, 1, Moment.AFTER);
        }

        @Override
        public String toString() {
            return moment.name().toLowerCase(Locale.ROOT) + " " + what + " " + nth;
        }
    }

    /// Somebody who has signed in, with a token that the gateway never saw.
    private record Resident(
            String subject, VisitorBrowser browser, JsonNode tokens, String userId, String script) {

        String accessToken() {
            return tokens.path("access_token").asText();
        }
    }

    private Resident moveIn() {
        people++;
        String subject = "person" + people;
        house.addPerson(subject);
        VisitorBrowser browser = new VisitorBrowser();
        JsonNode tokens = house.signIn(browser, subject);
        String userId = house.home().userNamed("Person" + people).orElseThrow().id();
        return new Resident(
                subject, browser, tokens, userId, house.home().longLivedToken(userId, "script"));
    }

    static Stream<Step> stepsOfAShutOutWithATokenThatIsHeld() {
        return Stream.of(
                Step.before("config/auth/list"),
                Step.after("config/auth/list"),
                Step.after("POST /auth/token"),
                Step.before("auth/delete_all_refresh_tokens"),
                Step.after("auth/delete_all_refresh_tokens"),
                Step.after("POST /auth/revoke"),
                Step.before("config/auth/update"),
                Step.after("config/auth/update"));
    }

    @ParameterizedTest
    @MethodSource("stepsOfAShutOutWithATokenThatIsHeld")
    void whoeverIsShutOutByATokenOfTheirsStaysOut(Step step) {
        Resident person = moveIn();

        killAt(step, () -> operator.run("account", "suspend", person.subject()));

        assertOut(person);
    }

    static Stream<Step> stepsOfAShutOutByTheHiddenCredential() {
        return Stream.of(
                new Step("config/auth/list", 2, Moment.AFTER),
                Step.after("POST /auth/login_flow"),
                Step.after("POST /auth/login_flow/"),
                Step.after("POST /auth/token"),
                Step.after("auth/delete_all_refresh_tokens"),
                Step.after("POST /auth/revoke"),
                Step.after("config/auth/update"));
    }

    @ParameterizedTest
    @MethodSource("stepsOfAShutOutByTheHiddenCredential")
    void whoeverIsShutOutByTheHiddenCredentialStaysOut(Step step) {
        Resident person = moveIn();
        endTheirOnlyClient(person);

        killAt(step, () -> operator.run("account", "suspend", person.subject()));

        assertOut(person);
    }

    private void endTheirOnlyClient(Resident person) {
        var _ =
                person.browser()
                        .postForm(
                                house.at("/auth/revoke"),
                                Map.of("token", person.tokens().path("refresh_token").asText()));
        await(() -> tokensOf(person).size() == 1);
    }

    static Stream<Step> stepsOfALettingIn() {
        return Stream.of(
                Step.before("config/auth/update"),
                Step.after("config/auth/update"),
                Step.after("POST /auth/login_flow"),
                Step.after("POST /auth/login_flow/"),
                Step.after("POST /auth/token"),
                Step.after("auth/refresh_tokens"),
                Step.after("auth/delete_refresh_token"),
                new Step("auth/refresh_tokens", 2, Moment.AFTER),
                Step.before("POST /auth/revoke"),
                Step.after("POST /auth/revoke"));
    }

    /// Their old tokens sleep, so that there is something to end.
    @ParameterizedTest
    @MethodSource("stepsOfALettingIn")
    void whoeverIsRestoredComesInAndNothingOldRevives(Step step) {
        Resident person = moveIn();
        house.home().setActive(person.userId(), false);
        operator.run("account", "suspend", person.subject());
        await(() -> operator.account(person.subject()).contains("disagrees"));
        assertThat(tokensOf(person)).isNotEmpty();

        killAt(step, () -> operator.run("account", "restore", person.subject()));

        await(() -> !operator.account(person.subject()).contains("home: waiting"));
        await(() -> user(person).isActive() && tokensOf(person).isEmpty());
        assertThat(directly(person.script())).isEqualTo(401);
        assertThat(statusAtTheDoor(person.browser(), person.accessToken())).isEqualTo(401);
        assertThat(user(person).usernames()).hasSize(1);
        JsonNode after = house.signIn(person.browser(), person.subject());
        assertThat(statusAtTheDoor(person.browser(), after.path("access_token").asText()))
                .isEqualTo(200);
        assertThat(tokensOf(person)).hasSize(1);
        person.browser().close();
    }

    private void killAt(Step step, Runnable trigger) {
        Ambush ambush = house.home().faults().ambush(step.what(), step.nth(), step.moment());
        trigger.run();
        ambush.await();
        house.program().kill();
        house.startAgain();
    }

    private void assertOut(Resident person) {
        assertThat(statusAtTheDoor(person.browser(), person.accessToken())).isEqualTo(401);
        assertThat(refreshAtTheDoor(person).status()).isEqualTo(400);
        assertThat(house.arrive(person.browser(), person.subject()).location())
                .doesNotContain("code=");
        await(() -> operator.account(person.subject()).contains("agrees"));
        assertThat(user(person).isActive()).isFalse();
        assertThat(tokensOf(person)).isEmpty();
        assertThat(directly(person.script())).isEqualTo(401);
        assertThat(user(person).usernames()).hasSize(1);
        person.browser().close();
    }

    private Answer refreshAtTheDoor(Resident person) {
        return person.browser()
                .postForm(
                        house.at("/auth/token"),
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                person.tokens().path("refresh_token").asText(),
                                "client_id",
                                house.clientId()));
    }

    private int statusAtTheDoor(VisitorBrowser browser, String accessToken) {
        return browser.get(house.at("/api/"), "Authorization", "Bearer " + accessToken).status();
    }

    private int directly(String accessToken) {
        return house.browser()
                .get(
                        URI.create(house.home().url() + "/api/"),
                        "Authorization",
                        "Bearer " + accessToken)
                .status();
    }

    private HomeUser user(Resident person) {
        return house.home().users().stream()
                .filter(user -> user.id().equals(person.userId()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> tokensOf(Resident person) {
        return house.home().refreshTokenIds(person.userId());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for " + PATIENCE).isLessThan(deadline);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
