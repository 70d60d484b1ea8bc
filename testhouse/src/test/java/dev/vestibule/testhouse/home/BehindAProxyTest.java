package dev.vestibule.testhouse.home;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

/// A house that trusts forwarding headers from loopback.
final class BehindAProxyTest {

    private static final String FORWARDED = "X-Forwarded-For";
    private static final String FAR = "203.0.113.9";

    private final ScriptedHomeAssistant home =
            ScriptedHomeAssistant.start(
                    HomeOptions.defaults()
                            .withVersion("2026.9.4")
                            .withForwardedHeadersTrusted(true)
                            .withLoginAttemptsMax(3));
    private final Visitor visitor = new Visitor(home.url());

    @AfterEach
    void close() {
        visitor.close();
        home.close();
    }

    private String localUsersToken() {
        var user = home.addUser("Loc", "loc", "loc-password", "system-users");
        String token = home.longLivedToken(user.id(), "here");
        try (var socket = visitor.socketOf(home.administratorToken())) {
            var _ =
                    socket.result(
                            "config/auth/update",
                            Json.object().put("user_id", user.id()).put("local_only", true));
        }
        return token;
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "203.0.113.9:4711", "", "203.0.113.9,,10.0.0.1"})
    void whatIsNoAddressIsRefused(String value) {
        assertThat(visitor.get("/auth/providers", FORWARDED, value).statusCode()).isEqualTo(400);
    }

    @Test
    void twoForwardedLinesAreRefused() {
        assertThat(visitor.get("/auth/providers", FORWARDED, FAR, FORWARDED, FAR).statusCode())
                .isEqualTo(400);
        assertThat(
                        visitor.get(
                                        "/auth/providers",
                                        FORWARDED,
                                        FAR,
                                        "X-Forwarded-Proto",
                                        "https, http")
                                .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 200",
        "172.16.0.1, 200",
        "192.168.0.1, 200",
        "169.254.1.1, 200",
        "100.64.0.1, 401",
        "fd00::1, 200",
        "fe80::1, 200",
        "::1, 200",
        "2001:db8::1, 401",
        "203.0.113.9, 401"
    })
    void aLocalUserIsLetInFromHomeOnly(String from, int status) {
        String token = localUsersToken();

        var answer = visitor.get("/api/", FORWARDED, from, "Authorization", "Bearer " + token);

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void aLocalUserIsToldToSignInAtHome() {
        var _ = localUsersToken();

        var answer = visitor.signIn("loc", "loc-password", FORWARDED, FAR);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Visitor.json(answer).path("message").asText())
                .isEqualTo("Login blocked: User cannot authenticate remotely");
    }

    @Test
    void aSocketFromAfarIsRefusedToALocalUserSince2026() {
        String token = localUsersToken();

        try (var socket = visitor.socket(FORWARDED, FAR)) {
            assertThat(socket.tryAuthenticate(token).path("type").asText())
                    .isEqualTo("auth_invalid");
        }
    }

    @Test
    void aFlowMustGoOnFromTheAddressWhereItBegan() {
        String flow = visitor.beginFlow(visitor.clientId(), FORWARDED, FAR);

        var answer = visitor.step(flow, "owner", "owner-password", FORWARDED, "203.0.113.10");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Visitor.json(answer).path("message").asText()).isEqualTo("IP address changed");
    }

    @Test
    void tooManyFailuresBanTheForwardedAddressAndNoOther() {
        for (int i = 0; i < 3; i++) {
            var _ = visitor.postForm("/auth/token", Map.of("grant_type", "x"), FORWARDED, FAR);
        }

        assertThat(visitor.get("/auth/providers", FORWARDED, FAR).statusCode()).isEqualTo(403);
        assertThat(visitor.get("/auth/providers", FORWARDED, "203.0.113.10").statusCode())
                .isEqualTo(200);
    }
}
