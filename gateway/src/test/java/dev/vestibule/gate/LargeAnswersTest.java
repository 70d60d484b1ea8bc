package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.connection.Connections;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.http.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

/// Answers of our own that are written piece by piece end once, and the next request begins then.
class LargeAnswersTest {

    private static final int REQUESTS = 4;
    private static final int ROUNDS = 3;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int WINDOW = 1 << 25;

    private static final String ASKING =
            TestGate.anonymous("POST", "/auth/token", "Content-Length: 5") + "hello";

    private static Setting answering(int bytes) {
        Setting setting = new Setting();
        setting.handler = request -> Response.text(200, "x".repeat(bytes));
        return setting;
    }

    @ParameterizedTest
    @ValueSource(ints = {60 * 1024, 70_000, 200_000, 1_000_000, 5_000_000})
    void theConnectionIsKeptForTheNextRequest(int bytes) throws IOException {
        try (TestGate gate = new TestGate(answering(bytes));
                RawClient client = gate.connect()) {
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(client.send(ASKING).read().body()).hasSize(bytes);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60 * 1024, 70_000, 200_000, 1_000_000, 5_000_000})
    void requestsThatCameTogetherAreAnsweredOneAfterTheOther(int bytes) throws IOException {
        try (TestGate gate = new TestGate(answering(bytes));
                RawClient client = gate.connect()) {
            client.send(ASKING.repeat(REQUESTS));
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(client.read().body()).hasSize(bytes);
            }
            assertThat(client.send(ASKING).read().body()).hasSize(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60 * 1024, 70_000, 200_000, 1_000_000, 5_000_000})
    void streamsGetThemWholeToo(int bytes) throws IOException {
        TlsHouse house = TlsHouse.get();
        try (TestGate gate = house.gate(answering(bytes));
                RawStreams client =
                        RawStreams.open(gate, house.client, INITIAL_WINDOW_SIZE, WINDOW)) {
            client.window(0, WINDOW);
            for (int stream = 1; stream <= REQUESTS * 2; stream += 2) {
                assertThat(client.get(stream, "/auth/authorize").answer(stream).body())
                        .hasSize(bytes);
            }
        }
    }

    /// Attack: a client that leaves again and again, until its person can have nothing open.
    @Test
    void whatIsAskedForBehindOneIsNoLongerRegisteredWhenTheClientHasGone() throws IOException {
        try (TestGate gate = new TestGate(answering(70_000))) {
            Connections adas =
                    gate.facts
                            .grants
                            .recognise(TestFacts.HOME, "access-ada")
                            .orElseThrow()
                            .connections();
            // Says nothing until the gateway has had enough.
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.readHead();
                    });
            for (int i = 0; i < ROUNDS; i++) {
                try (RawClient client = gate.connect()) {
                    client.send(ASKING + gate.request("GET", "/api/slow"));
                    assertThat(client.read().body()).hasSize(70_000);
                    Until.holds(() -> adas.count() > 0);
                }
                Until.holds(() -> gate.openConnections() == 0);
                Until.holds(() -> adas.count() == 0);
            }
        }
    }

    /// Attack: as above, until no body of anybody is taken in.
    @Test
    void whatIsSentBehindOneHasNoMemoryWhenTheClientHasGone() throws IOException {
        String half = TestGate.anonymous("POST", "/auth/token", "Content-Length: 10000");
        try (TestGate gate = new TestGate(answering(70_000))) {
            int left = gate.heldBodyBytesLeft();
            for (int i = 0; i < ROUNDS; i++) {
                try (RawClient client = gate.connect()) {
                    client.send(ASKING + half + "y".repeat(9_999));
                    assertThat(client.read().body()).hasSize(70_000);
                    Until.holds(() -> gate.heldBodyBytesLeft() < left);
                }
                Until.holds(() -> gate.openConnections() == 0);
                Until.holds(() -> gate.heldBodyBytesLeft() == left);
            }
        }
    }
}
