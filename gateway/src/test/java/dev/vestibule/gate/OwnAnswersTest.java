package dev.vestibule.gate;

import static dev.vestibule.gate.Passing.ask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/// What the gate answers itself tells browsers how to treat it.
class OwnAnswersTest {

    @Test
    void aPreflightIsAnsweredHere() throws IOException {
        try (TestGate gate = new TestGate()) {
            RawClient.Answer allowed = ask(gate, preflight("/auth/token", "POST"));
            RawClient.Answer webhook = ask(gate, preflight("/api/webhook/abc", "PUT"));
            RawClient.Answer denied = ask(gate, preflight("/api/states", "POST"));

            assertThat(allowed.status()).isEqualTo(200);
            assertThat(allowed.header("access-control-allow-origin"))
                    .contains("https://cast.home-assistant.io");
            assertThat(allowed.header("access-control-allow-methods")).contains("POST");
            assertThat(webhook.status()).isEqualTo(200);
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.header("access-control-allow-origin")).isEmpty();
            assertThat(gate.home.received()).isEmpty();
        }
    }

    private static String preflight(String path, String method) {
        return TestGate.anonymous(
                "OPTIONS",
                path,
                "Origin: https://cast.home-assistant.io",
                "Access-Control-Request-Method: " + method);
    }

    @Test
    void ourAnswersSayHowToTreatThem() throws IOException {
        try (TestGate gate = new TestGate()) {
            RawClient.Answer answer =
                    ask(
                            gate,
                            TestGate.anonymous(
                                    "POST",
                                    "/auth/token",
                                    "Content-Length: 0",
                                    "Origin: https://cast.home-assistant.io"));

            assertThat(answer.header("x-content-type-options")).contains("nosniff");
            assertThat(answer.header("referrer-policy")).contains("no-referrer");
            assertThat(answer.header("cache-control")).contains("no-store");
            assertThat(answer.header("access-control-allow-origin"))
                    .contains("https://cast.home-assistant.io");
        }
    }
}
