package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

/// Section A of the list of attacks: what the gateway matches is what Home Assistant gets, or
/// nothing. The requests carry a good access token, so that only the path can be the reason.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathAttackTest {

    private final TestGate gate = new TestGate();

    @AfterAll
    void stop() throws IOException {
        gate.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/webhook/..%2f..%2fapi/states",
                "/api/webhook/%2e%2e/states",
                "/api%5cstates",
                "/api/%252e%252e/states",
                "/api/%252fstates",
                "/auth/providers/../../api/config",
                "/api/./config",
                "//api//states",
                "/api//states",
                "/health#/../api/states",
                "/api/\uFF0Fstates",
                "/api/%EF%BC%8Fstates",
                "/api/%c0%ae%c0%ae/states",
                "/api/%00",
                "/api/%0d%0aX-Evil:1",
                "/api/%",
                "/api/%4",
                "/api/%zz",
                "http://evil/api",
                "http://home.example/api/",
                "*",
                "api/states",
                "/local/../../secrets.yaml",
                "/hacsfiles/%2e%2e/configuration.yaml",
                "/frontend_latest/../api/states",
                "/api/hassio_ingress/token/..%2f..%2fapi/"
            })
    void aPathThatCanBeReadInTwoWaysIsRefused(String target) throws IOException {
        int before = gate.home.received().length();
        try (RawClient client = gate.connect()) {
            client.send(gate.request("GET", target));

            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.readRest()).isEmpty();
        }
        assertThat(gate.home.received()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/auth/providers,403",
        "POST,/auth/login_flow,403",
        "GET,/auth/login_flow/abc,403",
        "POST,/auth/link_user,403",
        "GET,/api/onboarding,403",
        "POST,/api/onboarding/users,403",
        "GET,/onboarding.html,403",
        "POST,/api/webhook,403",
        "POST,/api/webhookadmin,401",
        "GET,/api/states?x=/api/webhook/a,401",
        "GET,/api/states;/api/webhook/x,401",
        "GET,/API/webhook/x,200",
        "GET,/api/discovery_info,401",
        "GET,/local/secret.txt,401",
        "GET,/hacsfiles/card.js,401",
        "POST,/manifest.json,405",
        "TRACE,/api/states,405",
        "CONNECT,/api/states,405",
        "get,/api/states,405",
        "BREW,/api/states,405",
        "POST,/auth/vestibule/nothing,403"
    })
    void aStrangerGetsNothingFromHomeAssistant(String method, String target, int status)
            throws IOException {
        int before = gate.home.received().length();
        try (RawClient client = gate.connect()) {
            client.send(TestGate.anonymous(method, target));

            assertThat(client.read().status()).isEqualTo(status);
        }
        assertThat(gate.home.received()).hasSize(before);
    }

    @Test
    void aHeadRequestIsJudgedLikeGet() throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(TestGate.anonymous("HEAD", "/api/states"));

            assertThat(client.readToHead().status()).isEqualTo(401);
        }
    }

    @Test
    void theCanonicalSpellingIsSent() throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(gate.request("GET", "/%61pi/st%61tes?x=%61"));

            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(gate.home.received()).contains("GET /api/states?x=%61 HTTP/1.1\r\n");
    }

    @Test
    void aMethodCannotBeOverridden() throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(
                    gate.request(
                            "GET",
                            "/api/overridden",
                            "X-HTTP-Method-Override: DELETE",
                            "X-Method-Override: DELETE",
                            "X_HTTP_Method: DELETE"));

            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(gate.home.received()).contains("GET /api/overridden").doesNotContain("DELETE");
    }
}
