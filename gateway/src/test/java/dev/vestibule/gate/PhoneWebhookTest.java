package dev.vestibule.gate;

import static dev.vestibule.gate.Passing.passes;
import static dev.vestibule.gate.Passing.refuses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.policy.Webhooks.Judgement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.stream.Stream;

/// A phone's webhook is learned before the phone knows it, and open while it may be.
class PhoneWebhookTest {

    @ParameterizedTest
    @EnumSource(Judgement.class)
    void aWebhookIsOpenForbiddenOrGoneAndNeverMissing(Judgement judgement) throws IOException {
        Setting setting = new Setting();
        setting.webhooks = (home, id) -> id.equals("abc") ? judgement : Judgement.REFUSED;
        String request = TestGate.anonymous("POST", "/api/webhook/abc", "Content-Length: 2") + "{}";
        try (TestGate gate = new TestGate(setting)) {
            switch (judgement) {
                case OPEN -> passes(gate, request);
                case GONE -> refuses(gate, request, 410);
                case REFUSED -> refuses(gate, request, 403);
                case UNJUDGEABLE -> refuses(gate, request, 503);
            }
        }
    }

    @Test
    void aPhonesWebhookIsLearnedBeforeThePhoneKnowsIt() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readBody(connection.readHead());
                        String body = "{\"webhook_id\":\"f00d\",\"secret\":null}";
                        connection.write(
                                "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body);
                    });
            client.send(
                    gate.request(
                                    "POST",
                                    "/api/mobile_app/registrations",
                                    "Accept-Encoding: gzip, deflate",
                                    "Content-Length: 2")
                            + "{}");

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body()).contains("f00d");
            assertThat(gate.learnedWebhooks).containsExactly("f00d");
            assertThat(gate.home.received()).contains("accept-encoding: identity\r\n");
        }
    }

    @Test
    void aRegistrationThatMayNotBeLeavesNothing() throws IOException {
        Setting setting = new Setting();
        setting.mayRegister = false;
        try (TestGate gate = new TestGate(setting)) {
            refuses(
                    gate,
                    gate.request("POST", "/api/mobile_app/registrations", "Content-Length: 0"),
                    403);
            assertThat(gate.learnedWebhooks).isEmpty();
        }
    }

    static Stream<RuntimeException> whatGoesWrong() {
        return Stream.of(new HomeAssistantUnavailable("away"), new IllegalStateException("a bug"));
    }

    @ParameterizedTest
    @MethodSource("whatGoesWrong")
    void aRegistrationThatCannotBeLearnedIsNotAnswered(RuntimeException wrong) throws IOException {
        Setting setting = new Setting();
        setting.learner =
                (grant, id) -> {
                    throw wrong;
                };
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            gate.home.answers(
                    "HTTP/1.1 201 Created\r\nContent-Length: 21\r\n\r\n{\"webhook_id\":\"f00d\"}");
            client.send(gate.request("POST", "/api/mobile_app/registrations", "Content-Length: 0"));

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).doesNotContain("f00d");
        }
    }
}
