package dev.vestibule.testhouse.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.testhouse.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.FutureTask;

/// What cannot be asked of a real house: time, restarts, faults, and what arrived.
final class ScriptedHomeAssistantTest {

    private static final String FORWARDED = "X-Forwarded-For";

    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T08:00:00Z"));
    private final ScriptedHomeAssistant home =
            ScriptedHomeAssistant.start(HomeOptions.defaults().withTime(clock));
    private final Visitor visitor = new Visitor(home.url());

    @AfterEach
    void close() {
        visitor.close();
        home.close();
    }

    private Tokens ownersTokens() {
        return home.signInDirectly("owner", "owner-password", visitor.clientId());
    }

    @Test
    void aCodeLivesTenMinutes() {
        String early = visitor.code("owner", "owner-password");
        String late = visitor.code("owner", "owner-password");

        clock.advance(Duration.ofSeconds(570));
        int inTime = visitor.redeem(early).statusCode();
        clock.advance(Duration.ofSeconds(60));

        assertThat(inTime).isEqualTo(200);
        assertThat(visitor.redeem(late).statusCode()).isEqualTo(400);
    }

    @Test
    void anAccessTokenDiesAfterThirtyMinutesAndALeewayButItsSocketLivesOn() {
        Tokens tokens = ownersTokens();
        try (var socket = visitor.socketOf(tokens.accessToken())) {
            clock.advance(Duration.ofMinutes(30).plusSeconds(8));
            assertThat(visitor.statusWith(tokens.accessToken())).isEqualTo(200);

            clock.advance(Duration.ofSeconds(4));

            assertThat(visitor.statusWith(tokens.accessToken())).isEqualTo(401);
            assertThat(socket.isAlive()).isTrue();
        }
    }

    @Test
    void aRestartKeepsTokensAndLosesCodesFlowsAndSignedPaths() {
        Tokens tokens = ownersTokens();
        String code = visitor.code("owner", "owner-password");
        String flow = visitor.beginFlow(visitor.clientId());
        String signed =
                home.media().sign(tokens.refreshTokenId(), "/api/config", Duration.ofHours(1));
        var socket = visitor.socketOf(tokens.accessToken());

        home.stop();
        int closeCode = socket.closeCode();
        home.startAgain();

        assertThat(closeCode).isEqualTo(1000);
        assertThat(visitor.statusWith(tokens.accessToken())).isEqualTo(200);
        assertThat(visitor.refresh(tokens).statusCode()).isEqualTo(200);
        assertThat(visitor.redeem(code).statusCode()).isEqualTo(400);
        assertThat(visitor.step(flow, "owner", "owner-password").statusCode()).isEqualTo(404);
        assertThat(visitor.get(signed).statusCode()).isEqualTo(401);
    }

    @Test
    void anAuthenticatorAppIsAskedForAfterThePassword() {
        String owner = home.userNamed("Owner").orElseThrow().id();
        home.enableTotp(owner);
        String flow = visitor.beginFlow(visitor.clientId());

        JsonNode form = Visitor.json(visitor.step(flow, "owner", "owner-password"));
        var wrong = answerWithCode(flow, "000000x");
        var right = answerWithCode(flow, home.totpCode(owner));

        assertThat(form.path("step_id").asText()).isEqualTo("mfa");
        assertThat(wrong.path("errors").path("base").asText()).isEqualTo("invalid_code");
        assertThat(right.path("type").asText()).isEqualTo("create_entry");
    }

    @Test
    void threeWrongCodesEndTheSignIn() {
        home.enableTotp(home.userNamed("Owner").orElseThrow().id());
        String flow = visitor.beginFlow(visitor.clientId());
        var _ = visitor.step(flow, "owner", "owner-password");
        var _ = answerWithCode(flow, "x");
        var _ = answerWithCode(flow, "x");

        JsonNode third = answerWithCode(flow, "x");

        assertThat(third.path("type").asText()).isEqualTo("abort");
        assertThat(third.path("reason").asText()).isEqualTo("too_many_retry");
    }

    private JsonNode answerWithCode(String flow, String code) {
        ObjectNode body = Json.object().put("client_id", visitor.clientId()).put("code", code);
        return Visitor.json(visitor.post("/auth/login_flow/" + flow, body));
    }

    @Test
    void theCodeOfAnAuthenticatorAppIsTheOneOfTheSpecification() {
        // RFC 6238 appendix B, the secret "12345678901234567890", cut to six digits.
        String secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

        assertThat(Totp.code(secret, Instant.ofEpochSecond(59))).isEqualTo("287082");
        assertThat(Totp.code(secret, Instant.ofEpochSecond(1_111_111_109))).isEqualTo("081804");
    }

    @Test
    void aForwardedAddressIsRefusedWhereNobodyConfiguredIt() {
        assertThat(visitor.get("/auth/providers", FORWARDED, "203.0.113.9").statusCode())
                .isEqualTo(400);
        assertThat(visitor.get("/auth/providers", "X-Forwarded-Proto", "https").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCredentialOfNobodyMakesAnAdministrator() {
        home.addUnlinkedCredential("stray", "stray-password");

        try (var socket =
                visitor.socketOf(visitor.tokens("stray", "stray-password").accessToken())) {
            JsonNode user = socket.result("auth/current_user", Json.object());

            assertThat(user.path("is_admin").asBoolean()).isTrue();
            assertThat(user.path("name").asText()).isEqualTo("stray");
        }
    }

    @Test
    void theCastReceiverRefreshesWithoutAClient() {
        CastTokens cast = home.castToken();

        var without = refresh(Map.of("refresh_token", cast.refreshToken()));
        var with =
                refresh(
                        Map.of(
                                "refresh_token", cast.refreshToken(),
                                "client_id", visitor.clientId()));

        assertThat(without).isEqualTo(200);
        assertThat(with).isEqualTo(400);
    }

    private int refresh(Map<String, String> fields) {
        var all = new java.util.HashMap<>(fields);
        all.put("grant_type", "refresh_token");
        return visitor.postForm("/auth/token", all).statusCode();
    }

    @Test
    void aPhonesWebhookSwitchesLightsAlsoForSomebodyWhoWasSwitchedOff() {
        var anna = home.addUser("Anna", "anna", "anna-password", "system-users");
        String webhook = "/api/webhook/" + home.registerPhone(anna.id());
        home.setActive(anna.id(), false);
        JsonNode toggle =
                Json.parse(
                                """
                                {"type": "call_service", "data": {"domain": "light",
                                 "service": "toggle",
                                 "service_data": {"entity_id": "light.hallway"}}}
                                """)
                        .orElseThrow();

        var answer = visitor.post(webhook, toggle);

        assertThat(answer.body()).isEqualTo("{}");
        assertThat(home.state("light.hallway")).isEqualTo("on");
        assertThat(visitor.get(webhook).statusCode()).isEqualTo(405);
    }

    @Test
    void everybodyGetsEverybodysWebhooksFromTheList() {
        var reader = home.addUser("Reader", "reader", "reader-password", "system-read-only");
        String webhook = home.registerPhone(home.userNamed("Owner").orElseThrow().id());

        try (var socket = visitor.socketOf(home.longLivedToken(reader.id(), "reader"))) {
            assertThat(socket.result("webhook/list", Json.object()).findValuesAsText("webhook_id"))
                    .containsExactly(webhook);
        }
    }

    @Test
    void anUnknownGroupInAnUpdateIsNeverAnswered() {
        var anna = home.addUser("Anna", "anna", "anna-password", "system-users");
        try (var socket = visitor.socketOf(home.administratorToken())) {
            ObjectNode update = Json.object().put("user_id", anna.id());
            update.putArray("group_ids").add("nonesuch");
            int unanswered = socket.begin("config/auth/update", update);
            int answered = socket.begin("ping", Json.object());

            assertThat(socket.next().path("id").asInt())
                    .isEqualTo(answered)
                    .isNotEqualTo(unanswered);
        }
    }

    @Test
    void aDeletedUsersSocketStaysOpenAndCannotSwitchLights() {
        var anna = home.addUser("Anna", "anna", "anna-password", "system-users");
        Tokens tokens = home.signInDirectly("anna", "anna-password", visitor.clientId());
        try (var socket = visitor.socketOf(tokens.accessToken())) {
            home.deleteUser(anna.id());

            JsonNode error =
                    socket.call(
                                    "call_service",
                                    Json.object().put("domain", "light").put("service", "turn_on"))
                            .path("error");

            assertThat(socket.isAlive()).isTrue();
            assertThat(error.path("message").asText()).isEqualTo("UnknownUser");
            assertThat(visitor.statusWith(tokens.accessToken())).isEqualTo(401);
        }
    }

    @Test
    void socketsAreCounted() {
        String owner = home.userNamed("Owner").orElseThrow().id();
        try (var stranger = visitor.socket();
                var socket = visitor.socketOf(home.administratorToken())) {
            assertThat(stranger.next().path("type").asText()).isEqualTo("auth_required");
            assertThat(home.openSockets()).isEqualTo(2);
            assertThat(home.openSocketsOf(owner)).isEqualTo(1);

            home.closeSockets();

            assertThat(socket.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void aCommandMayHangOrBeCarriedOutUnheard() {
        try (var socket = visitor.socketOf(home.administratorToken())) {
            home.faults().hangCommand("get_config");
            var _ = socket.begin("get_config", Json.object());
            assertThat(socket.isAlive()).isTrue();

            home.faults().cutAfterCommand("config/auth/create");
            var _ = socket.begin("config/auth/create", Json.object().put("name", "Unheard"));

            assertThat(socket.closeCode()).isEqualTo(1006);
            assertThat(home.userNamed("Unheard")).isPresent();
        }
    }

    @Test
    void answersFailOnDemand() {
        home.faults().answer("/auth/token", 500);
        int failed = visitor.redeem("x").statusCode();
        home.faults().refuseConnections();
        assertThatThrownBy(() -> new Visitor(home.url()).get("/"))
                .isInstanceOf(UncheckedIOException.class);

        home.faults().clear();

        assertThat(failed).isEqualTo(500);
        assertThat(visitor.redeem("x").statusCode()).isEqualTo(400);
    }

    @Test
    void everythingThatArrivesIsWrittenDown() {
        try (var socket = visitor.socketOf(home.administratorToken())) {
            var _ = socket.call("ping");
        }
        var _ = visitor.postForm("/auth/revoke", Map.of("token", "a-token-of-mine"));

        assertThat(home.record().contains("a-token-of-mine")).isTrue();
        assertThat(home.record().contains(home.administratorToken())).isTrue();
        assertThat(home.record().contains("something else")).isFalse();
        assertThat(home.record().socketMessages()).hasSize(2);
        assertThat(home.record().requests().getLast().bodyStart())
                .isEqualTo("token=a-token-of-mine");
        home.record().clear();
        assertThat(home.record().byteCount()).isZero();
    }

    @Test
    void aFullRecordSaysSo() {
        try (var small =
                        ScriptedHomeAssistant.start(HomeOptions.defaults().withRecordBytesMax(10));
                var guest = new Visitor(small.url())) {
            var _ = guest.get("/robots.txt");

            assertThat(small.record().byteCount()).isGreaterThan(10);
            assertThatThrownBy(() -> small.record().contains("robots"))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aCommandThatIsHeldOnItsWayInIsNotDoneAndTheHouseGoesOn() {
        Tokens tokens = ownersTokens();
        Ambush ambush = home.faults().ambush("auth/sign_path", 2, Ambush.Moment.BEFORE);
        ObjectNode path = Json.object().put("path", "/api/config");
        try (var held = visitor.socketOf(tokens.accessToken());
                var other = visitor.socketOf(tokens.accessToken())) {
            assertThat(held.result("auth/sign_path", path).has("path")).isTrue();
            held.begin("auth/sign_path", path);
            ambush.await();

            assertThat(other.isAlive()).isTrue();
            assertThat(other.result("auth/sign_path", path).has("path")).isTrue();
            ambush.release();
            assertThat(held.next().path("success").asBoolean()).isTrue();
        }
    }

    @Test
    void aCommandThatIsHeldOnItsWayOutIsDone() {
        Tokens tokens = ownersTokens();
        Ambush ambush = home.faults().ambush("config/auth/create", Ambush.Moment.AFTER);
        try (var socket = visitor.socketOf(tokens.accessToken())) {
            socket.begin("config/auth/create", Json.object().put("name", "Held"));
            ambush.await();

            assertThat(home.userNamed("Held")).isPresent();
            ambush.release();
            assertThat(socket.next().path("success").asBoolean()).isTrue();
        }
    }

    @Test
    void aRequestIsHeldAsACommandIs() throws Exception {
        Tokens tokens = ownersTokens();
        Ambush before = home.faults().ambush("POST /auth/revoke", Ambush.Moment.BEFORE);
        Ambush after = home.faults().ambush("POST /auth/revoke", Ambush.Moment.AFTER);

        var revocation = new FutureTask<>(() -> revoke(tokens));
        Thread.ofVirtual().start(revocation);
        before.await();
        assertThat(visitor.statusWith(tokens.accessToken())).isEqualTo(200);
        before.release();
        assertThat(revocation.get()).isEqualTo(200);

        var again = new FutureTask<>(() -> revoke(ownersTokens()));
        Thread.ofVirtual().start(again);
        after.await();
        assertThat(again.isDone()).isFalse();
        assertThat(home.refreshTokenIds(home.userNamed("Owner").orElseThrow().id())).hasSize(1);
        home.faults().clear();
        assertThat(again.get()).isEqualTo(200);
    }

    private int revoke(Tokens tokens) {
        return visitor.postForm("/auth/revoke", Map.of("token", tokens.refreshToken()))
                .statusCode();
    }
}
