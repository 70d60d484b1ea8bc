package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.http.Page;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A bug of ours is answered or ends the connection: nobody waits for what never comes.
class OwnBugsTest {

    private final Setting setting = new Setting();

    private static Response unsendable() {
        return Response.text(200, "own").with("not a name", "x");
    }

    private void assertEnds(String request) throws IOException {
        try (TestGate gate = new TestGate(setting)) {
            try (RawClient client = gate.connect()) {
                client.send(request);

                assertThat(client.readRest()).isEmpty();
            }
            Until.holds(() -> gate.openConnections() == 0);
        }
    }

    @Test
    void aPageThatCannotBeWrittenIsAFailureOfOurs() throws IOException {
        setting.handler =
                request ->
                        Pages.answer(200, Page.of(new Text.Message("there.is.no.such", List.of())));
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            client.send(TestGate.anonymous("GET", "/auth/authorize"));
            assertThat(client.read().status()).isEqualTo(500);

            client.send(TestGate.anonymous("GET", "/auth/authorize"));
            assertThat(client.read().status()).isEqualTo(500);
        }
    }

    @Test
    void anAnswerThatCannotBeSentEndsTheConnection() throws IOException {
        setting.handler = request -> unsendable();
        assertEnds(TestGate.anonymous("GET", "/auth/authorize"));
    }

    @Test
    void aRefusalThatCannotBeSentEndsTheConnection() throws IOException {
        setting.guard = head -> Optional.of(unsendable());
        assertEnds(TestGate.anonymous("POST", "/scim/v2/Users", "Content-Length: 1048576"));
    }

    @Test
    void aHandshakeThatCannotBeTakenOverEndsTheConnection() throws IOException {
        setting.relay =
                gate ->
                        request -> {
                            throw new IllegalStateException("a bug");
                        };
        assertEnds(RawSocket.handshake("/api/websocket"));
    }

    @Test
    void anErrorInAHandlerEndsTheConnection() throws IOException {
        setting.handler =
                request -> {
                    throw new StackOverflowError("a bug");
                };
        assertEnds(TestGate.anonymous("GET", "/auth/authorize"));
    }

    @Test
    void anErrorInAGuardEndsTheConnection() throws IOException {
        setting.guard =
                head -> {
                    throw new NoClassDefFoundError("a bug");
                };
        assertEnds(TestGate.anonymous("POST", "/scim/v2/Users", "Content-Length: 1048576"));
    }

    @Test
    void anErrorInAJudgementEndsTheConnection() throws IOException {
        setting.judge =
                (home, token, from) -> {
                    throw new NoClassDefFoundError("a bug");
                };
        assertEnds(
                TestGate.anonymous("GET", "/api/states", "Authorization: Bearer of-somebody-else"));
    }

    @Test
    void anErrorEndsTheStreamAndNotItsConnection() throws IOException {
        TlsHouse house = TlsHouse.get();
        setting.handler =
                request -> {
                    if (request.target().query().equals("bug")) {
                        throw new StackOverflowError("a bug");
                    }
                    return Response.text(200, "own");
                };
        try (TestGate gate = house.gate(setting);
                RawStreams client = RawStreams.open(gate, house.client)) {
            assertThat(client.get(1, "/auth/authorize?bug").answer(1).error())
                    .isEqualTo(RawStreams.CANCEL);
            assertThat(client.get(3, "/auth/authorize").answer(3).status()).isEqualTo(200);
        }
    }

    @Test
    void anErrorWhileAPhoneRegistersIsAnswered() throws IOException {
        setting.learner =
                (grant, id) -> {
                    throw new NoClassDefFoundError("a bug");
                };
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            gate.home.answers(
                    "HTTP/1.1 201 Created\r\nContent-Length: 21\r\n\r\n{\"webhook_id\": \"abc\"}");
            client.send(gate.request("POST", "/api/mobile_app/registrations", "Content-Length: 0"));

            assertThat(client.read().status()).isEqualTo(502);
        }
    }
}
