package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.cli.ControlCommands.GrantLine;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.LongLivedTokens;
import dev.vestibule.homeassistant.AccessTokenClaims;
import dev.vestibule.outbox.OutboxEntry;
import dev.vestibule.revocation.Cause;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Long-lived tokens from their making to their end, through a whole gateway.
class LongLivedTokenTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");
    private static final int CLOSED_BY_HOME_ASSISTANT = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser browser = new VisitorBrowser();
    private final SignedIn ben = house.signIn(browser, "ben");

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    @Test
    void aTokenIsListedWithItsNameAndOwnerAndWorks() {
        try (VisitorSocket socket = open(ben.accessToken())) {
            String token = make(socket, "gps");

            assertThat(status(token)).isEqualTo(200);
            GrantLine line = longLived().getFirst();
            assertThat(line.name()).isEqualTo("gps");
            assertThat(line.account()).isEqualTo("ben");
            assertThat(line.created()).isNotEmpty();
            assertThat(line.lastUsed()).isNotEmpty();
            assertThat(
                            Duration.between(
                                            java.time.Instant.parse(line.created()),
                                            java.time.Instant.parse(line.expires()))
                                    .toDays())
                    .isBetween(364L, 365L);
            house.restartGateway();
            assertThat(status(token)).isEqualTo(200);
            assertThat(longLived())
                    .singleElement()
                    .extracting(GrantLine::kind)
                    .isEqualTo("long-lived");
        }
    }

    @Test
    void whatComesAfterTheCommandGoesOn() {
        try (VisitorSocket socket = open(ben.accessToken())) {
            assertThat(ask(socket, "ping-that-nobody-knows").path("error").path("code").asText())
                    .isEqualTo("unknown_command");
            make(socket, "gps");
            JsonNode states = socket.call(command("get_states"));
            make(socket, "second");

            assertThat(states.isArray()).isTrue();
            assertThat(longLived()).hasSize(2);
        }
    }

    @Test
    void aNameIsGivenOnceAndHomeAssistantsWordsAreItsOwn() {
        try (VisitorSocket socket = open(ben.accessToken())) {
            make(socket, "gps");

            assertThat(socket.ask(making("gps")).path("error"))
                    .isEqualTo(error("unknown_error", "Unknown error"));
            assertThat(
                            socket.ask(
                                            command("auth/long_lived_access_token")
                                                    .put("client_name", "x"))
                                    .path("error"))
                    .isEqualTo(
                            error(
                                    "invalid_format",
                                    "required key not provided @ data['lifespan']. Got None"));
            assertThat(
                            socket.ask(making("odd").put("extra", 1))
                                    .path("error")
                                    .path("code")
                                    .asText())
                    .isEqualTo("invalid_format");
            assertThat(longLived()).hasSize(1);
        }
    }

    @Test
    void aTokenSurvivesTheSessionThatItWasMadeIn() {
        try (VisitorSocket socket = open(ben.accessToken())) {
            String token = make(socket, "gps");

            browser.postForm(house.at("/auth/revoke"), Map.of("token", ben.refreshToken()));

            assertThat(socket.awaitClose()).isEqualTo(1008);
            assertThat(status(ben.accessToken())).isEqualTo(401);
            assertThat(status(token)).isEqualTo(200);
        }
    }

    @Test
    void aTokenDiesWithItsPersonHereAtOnceAndInHomeAssistantSoon() {
        String token = make("gps");
        try (VisitorSocket script = open(token)) {

            house.suspend("ben");

            assertThat(script.awaitClose()).isEqualTo(1008);
            assertThat(status(token)).isEqualTo(401);
            assertThat(longLived()).isEmpty();
            awaitAgreement();
            assertThat(directly(token)).isEqualTo(401);
        }
    }

    @Test
    void signingOutEverywhereEndsItTooAndKeepsTheAccount() {
        String token = make("gps");

        house.gateway().facts().lifecycle().signOutEverywhere(house.account("ben").id(), CAUSE);

        assertThat(status(token)).isEqualTo(401);
        awaitAgreement();
        assertThat(directly(token)).isEqualTo(401);
        assertThat(user().isActive()).isTrue();
        assertThat(status(house.signIn(browser, "ben").accessToken())).isEqualTo(200);
    }

    @Test
    void theOperatorEndsOneAndTheOthersLiveOn() {
        String token = make("gps");
        String other = make("lamp");
        try (VisitorSocket script = open(token)) {

            revoke("gps");

            assertThat(script.awaitClose()).isEqualTo(1008);
            assertThat(status(token)).isEqualTo(401);
            awaitAgreement();
            assertThat(directly(token)).isEqualTo(401);
            assertThat(directly(other)).isEqualTo(200);
            assertThat(status(other)).isEqualTo(200);
            assertThat(status(ben.accessToken())).isEqualTo(200);
            assertThat(longLived()).extracting(GrantLine::name).containsExactly("lamp");
        }
    }

    @Test
    void oneThatIsEndedWhileHomeAssistantIsAwayEndsThereLater() {
        String token = make("gps");
        house.homeAssistant().stop();

        revoke("gps");

        Eventually.holds(
                () -> outbox().stream().anyMatch(entry -> entry.attempts() > 0), this::outbox);
        assertThat(outbox()).extracting(OutboxEntry::what).containsExactly("end-token");
        house.restartGateway();
        house.homeAssistant().startAgain();
        awaitAgreement();
        assertThat(directly(token)).isEqualTo(401);
        assertThat(status(token)).isEqualTo(401);
    }

    @Test
    void aSecondFactorKeepsNoTokenAlive() {
        String token = make("gps");
        house.homeAssistant().enableTotp(user().id());

        revoke("gps");

        awaitAgreement();
        assertThat(directly(token)).isEqualTo(401);
        assertThat(directly(ben.accessToken())).isEqualTo(200);
    }

    @Test
    void whatIsEndedInTheProfileEndsHere() {
        String token = make("gps");
        try (VisitorSocket script = open(token);
                VisitorSocket socket = open(ben.accessToken())) {

            socket.call(command("auth/delete_refresh_token").put("refresh_token_id", id(token)));

            assertThat(script.awaitClose()).isIn(CLOSED_BY_HOME_ASSISTANT, 1008);
            assertThat(status(token)).isEqualTo(401);
            assertThat(longLived()).isEmpty();
            assertThat(socket.call(command("auth/current_user")).path("name").asText())
                    .isEqualTo("Ben");
        }
    }

    @Test
    void nobodyEndsATokenOfSomebodyElse() {
        String token = make("gps");
        try (VisitorBrowser adasBrowser = new VisitorBrowser();
                VisitorSocket ada = open(house.signIn(adasBrowser, "ada").accessToken())) {

            JsonNode answer =
                    ada.ask(
                            command("auth/delete_refresh_token")
                                    .put("refresh_token_id", id(token)));

            assertThat(answer.path("error").path("code").asText()).isEqualTo("invalid_token_id");
            assertThat(status(token)).isEqualTo(200);
            assertThat(longLived()).hasSize(1);
        }
    }

    @Test
    void whoeverEndsTheirOwnSignInIsOut() {
        try (VisitorSocket socket = open(ben.accessToken())) {
            ObjectNode command =
                    command("auth/delete_refresh_token")
                            .put("refresh_token_id", id(ben.accessToken()));
            socket.begin(command);

            assertThat(socket.awaitClose()).isIn(CLOSED_BY_HOME_ASSISTANT, 1008);
            Eventually.holds(() -> grants().isEmpty(), this::grants);
            assertThat(status(ben.accessToken())).isEqualTo(401);
            assertThat(house.refresh(browser, ben.refreshToken(), house.clientId()).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void endingAllOthersInTheProfileEndsTheOthersHere() {
        String token = make("gps");
        try (VisitorBrowser second = new VisitorBrowser();
                VisitorSocket socket = open(ben.accessToken())) {
            SignedIn other = house.signIn(second, "ben");

            socket.call(
                    command("auth/delete_all_refresh_tokens")
                            .put("token_type", "normal")
                            .put("delete_current_token", false));

            assertThat(status(other.accessToken())).isEqualTo(401);
            assertThat(house.refresh(second, other.refreshToken(), house.clientId()).status())
                    .isEqualTo(400);
            assertThat(status(token)).isEqualTo(200);
            assertThat(status(ben.accessToken())).isEqualTo(200);
            socket.begin(command("auth/delete_all_refresh_tokens"));
            assertThat(socket.awaitClose()).isEqualTo(1008);
            assertThat(status(token)).isEqualTo(401);
            assertThat(status(ben.accessToken())).isEqualTo(401);
            awaitAgreement();
            assertThat(directly(ben.accessToken())).isEqualTo(401);
        }
    }

    @Test
    void anAnswerOfHomeAssistantThatIsLostIsAnErrorAndTheSocketLives() {
        try (VisitorSocket socket = open(ben.accessToken())) {
            house.homeAssistant().faults().cutAfterCommand("auth/long_lived_access_token");

            assertThat(socket.ask(making("gps")).path("error").path("code").asText())
                    .isEqualTo("home_assistant_error");

            house.homeAssistant().faults().clear();
            assertThat(longLived()).isEmpty();
            make(socket, "another");
        }
    }

    /// Attack: a request for a token that is under way while its person is shut out.
    @Test
    void aTokenThatIsMadeDuringTheSuspensionIsNobodysAndDies() {
        try (VisitorSocket socket = open(ben.accessToken())) {
            int before = tokens().size();
            Ambush made =
                    house.homeAssistant()
                            .faults()
                            .ambush("auth/long_lived_access_token", Ambush.Moment.AFTER);
            socket.begin(making("gps"));
            made.await();
            assertThat(tokens()).hasSizeGreaterThan(before);

            house.suspend("ben");

            assertThat(socket.awaitClose()).isEqualTo(1008);
            Eventually.holds(() -> outbox().isEmpty() && tokens().isEmpty(), this::outbox);
            made.release();
            assertThat(longLived()).isEmpty();
            assertThat(user().isActive()).isFalse();
        }
    }

    /// As above, and the gateway hears of the token before it has them all ended: nothing is left
    /// in doubt.
    @Test
    void aTokenThatIsHeardOfBeforeTheShutOutEndsWithTheOthers() {
        try (VisitorSocket socket = open(ben.accessToken())) {
            Ambush made =
                    house.homeAssistant()
                            .faults()
                            .ambush("auth/long_lived_access_token", Ambush.Moment.AFTER);
            socket.begin(making("gps"));
            made.await();
            Ambush shutOut =
                    house.homeAssistant().faults().ambush("config/auth/list", Ambush.Moment.BEFORE);
            house.suspend("ben");
            shutOut.await();

            made.release();
            Eventually.holds(
                    () -> outbox().stream().anyMatch(one -> one.what().equals("end-token")),
                    this::outbox);
            shutOut.release();

            Eventually.holds(() -> outbox().isEmpty() && tokens().isEmpty(), this::outbox);
            assertThat(house.isAudited("Converged")).isTrue();
            assertThat(house.isAudited("Unconverged")).isFalse();
            assertThat(longLived()).isEmpty();
        }
    }

    /// Attack: as above, and Home Assistant makes the token just after all others were seen to end.
    /// With a second factor nobody can act as the person to look whether any is left.
    @Test
    void aTokenThatSlippedInBehindTheShutOutDoesNotReviveWithItsPerson() {
        house.homeAssistant().enableTotp(user().id());
        house.suspend("ben");
        awaitAgreement();
        String slipped = house.homeAssistant().longLivedToken(user().id(), "slipped");
        leaveWordOf(slipped);
        Eventually.holds(
                () -> outbox().stream().anyMatch(OutboxEntry::isUnconverged), this::outbox);

        assertThat(
                        house.gateway()
                                .facts()
                                .lifecycle()
                                .restore(house.account("ben").id(), SuspendedBy.OPERATOR, CAUSE))
                .isTrue();

        Eventually.holds(
                () ->
                        outbox().stream()
                                .anyMatch(one -> one.what().equals("let-in") && one.attempts() > 0),
                this::outbox);
        assertThat(user().isActive()).isFalse();
        assertThat(directly(slipped)).isEqualTo(401);
    }

    /// What the recording of a token leaves that came too late.
    private void leaveWordOf(String token) {
        GatewayFacts facts = house.gateway().facts();
        String account = house.account("ben").id().value();
        facts.adoption()
                .database()
                .change(tx -> facts.outbox().endToken(tx, TestFacts.HOME, account, id(token)));
    }

    @Test
    void whereTheyAreDeniedNobodyMakesOneAndHomeAssistantHearsNothing() {
        try (TestHouse strict = new TestHouse(Plan.USUAL.with(LongLivedTokens.DENY));
                VisitorBrowser visitor = new VisitorBrowser()) {
            SignedIn ada = strict.signIn(visitor, "ada");
            try (VisitorSocket socket = strict.openSocket(visitor)) {
                assertThat(socket.authenticate(ada.accessToken())).isEqualTo("auth_ok");
                strict.homeAssistant().record().clear();

                JsonNode answer = socket.ask(making("a-name-to-look-for"));

                assertThat(answer.path("error").path("code").asText()).isEqualTo("not_allowed");
                assertThat(answer.path("error").path("message").asText())
                        .contains("switched off here");
                assertThat(strict.homeAssistant().record().contains("a-name-to-look-for"))
                        .isFalse();
                assertThat(strict.homeAssistant().record().contains("long_lived")).isFalse();
            }
            HomeUser user = strict.homeAssistant().userNamed("Ada").orElseThrow();
            String around = strict.homeAssistant().longLivedToken(user.id(), "around");
            assertThat(strict.get(visitor, "/api/", around).status()).isEqualTo(401);
            assertThat(strict.get(visitor, "/api/", ada.accessToken()).status()).isEqualTo(200);
        }
    }

    @Test
    void aTokenFromAroundTheGatewayIsTakenOverAndEndsLikeOthers() {
        String around = house.homeAssistant().longLivedToken(user().id(), "around");
        assertThat(status(around)).isEqualTo(200);
        GrantLine line =
                grants().stream()
                        .filter(one -> one.kind().equals("adopted"))
                        .findFirst()
                        .orElseThrow();

        assertThat(new OperatorCommands(house.gateway()).revoke(line.id()))
                .isInstanceOf(ControlOutcome.Done.class);

        assertThat(status(around)).isEqualTo(401);
        awaitAgreement();
        assertThat(directly(around)).isEqualTo(401);
    }

    private VisitorSocket open(String accessToken) {
        VisitorSocket socket = house.openSocket(browser);
        assertThat(socket.authenticate(accessToken)).isEqualTo("auth_ok");
        return socket;
    }

    private String make(String name) {
        try (VisitorSocket socket = open(ben.accessToken())) {
            return make(socket, name);
        }
    }

    static String make(VisitorSocket socket, String name) {
        return socket.call(making(name)).asText();
    }

    private static ObjectNode making(String name) {
        return command("auth/long_lived_access_token")
                .put("client_name", name)
                .put("lifespan", 365);
    }

    private static ObjectNode command(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static JsonNode ask(VisitorSocket socket, String type) {
        return socket.ask(command(type));
    }

    private static JsonNode error(String code, String message) {
        return JSON.createObjectNode().put("code", code).put("message", message);
    }

    private static String id(String accessToken) {
        return AccessTokenClaims.issuerOf(accessToken).orElseThrow();
    }

    private int status(String accessToken) {
        return house.get(browser, "/api/", accessToken).status();
    }

    /// Around the gateway.
    private int directly(String accessToken) {
        return browser.get(
                        URI.create(house.homeAssistant().url() + "/api/"),
                        "Authorization",
                        "Bearer " + accessToken)
                .status();
    }

    private List<GrantLine> grants() {
        return new OperatorCommands(house.gateway()).grants();
    }

    private List<GrantLine> longLived() {
        return grants().stream().filter(line -> line.kind().equals("long-lived")).toList();
    }

    private void revoke(String name) {
        Optional<GrantLine> line =
                longLived().stream().filter(one -> one.name().equals(name)).findFirst();
        assertThat(new OperatorCommands(house.gateway()).revoke(line.orElseThrow().id()))
                .isInstanceOf(ControlOutcome.Done.class);
    }

    private HomeUser user() {
        return house.homeAssistant().userNamed("Ben").orElseThrow();
    }

    private List<String> tokens() {
        return house.homeAssistant().refreshTokenIds(user().id());
    }

    private List<OutboxEntry> outbox() {
        return house.gateway().facts().outbox().list();
    }

    private void awaitAgreement() {
        Eventually.holds(() -> outbox().isEmpty(), this::outbox);
    }
}
