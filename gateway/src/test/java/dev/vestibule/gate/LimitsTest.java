package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.http.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class LimitsTest {

    @Test
    void anAddressBeyondTheLimitIs414() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            client.trySend(gate.request("GET", "/api/" + "a".repeat(17 * 1024)));

            assertThat(client.read().status()).isEqualTo(414);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void headersBeyondTheLimitAre431() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            client.trySend(gate.request("GET", "/api/", "X-Large: " + "a".repeat(40 * 1024)));

            assertThat(client.read().status()).isEqualTo(431);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void tooManyHeadersAre431() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            client.trySend(gate.request("GET", "/api/", "X-A: b\r\n".repeat(1_000) + "X-A: b"));

            assertThat(client.read().status()).isEqualTo(431);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void headersThatNeverEndAre431LongBeforeTheyFillTheMemory() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            client.trySend("GET /api/ HTTP/1.1\r\nX: " + "a".repeat(1024 * 1024));

            assertThat(client.read().status()).isEqualTo(431);
        }
    }

    @Test
    void aBodyBeyondTheRoutesLimitIs413WithoutReadingIt() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            client.send(TestGate.anonymous("POST", "/auth/token", "Content-Length: 65537"));

            assertThat(client.read().status()).isEqualTo(413);
            assertThat(gate.seenByHandlers).isEmpty();
        }
    }

    @Test
    void aChunkedBodyBeyondTheRoutesLimitIs413() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            client.trySend(
                    TestGate.anonymous("POST", "/auth/token", "Transfer-Encoding: chunked")
                            + "10001\r\n"
                            + "a".repeat(0x10001)
                            + "\r\n0\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(413);
            assertThat(gate.seenByHandlers).isEmpty();
        }
    }

    @Test
    void aBodyWithinTheLimitReachesTheHandler() throws IOException {
        Setting setting = new Setting();
        setting.handler = request -> Response.text(200, request.bodyText());
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            client.send(
                    TestGate.anonymous("POST", "/auth/token", "Transfer-Encoding: chunked")
                            + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");

            assertThat(client.read().body()).isEqualTo("hello world");
        }
    }

    @Test
    void oneConnectionTooManyIsClosed() throws IOException {
        Setting setting = new Setting();
        setting.connections = 1;
        try (TestGate gate = new TestGate(setting);
                RawClient first = gate.connect()) {
            first.send(gate.request("GET", "/api/"));
            assertThat(first.read().status()).isEqualTo(200);
            try (RawClient second = gate.connect()) {
                assertThat(second.readRest()).isEmpty();
            }
        }
    }

    @Test
    void oneHandlerTooManyIs503() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        Setting setting = new Setting();
        setting.workers = 1;
        setting.handler =
                request -> {
                    running.countDown();
                    await(release);
                    return Response.text(200, "done");
                };
        try (TestGate gate = new TestGate(setting);
                RawClient first = gate.connect();
                RawClient second = gate.connect()) {
            first.send(TestGate.anonymous("GET", "/auth/authorize"));
            await(running);
            second.send(TestGate.anonymous("GET", "/auth/authorize"));
            RawClient.Answer busy = second.read();
            release.countDown();

            assertThat(busy.status()).isEqualTo(503);
            assertThat(busy.header("retry-after")).isPresent();
            assertThat(first.read().body()).isEqualTo("done");
        }
    }

    private static Setting impatient() {
        Duration shortly = Duration.ofMillis(300);
        Setting setting = new Setting();
        setting.deadlines = new Deadlines(shortly, shortly, shortly, shortly, shortly);
        return setting;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /api/ HTTP/1.1\r\nHost: home.exam"})
    void aHeadThatDoesNotComeEndsTheConnection(String begun) throws IOException {
        try (TestGate gate = new TestGate(impatient());
                RawClient client = gate.connect()) {
            client.send(begun);

            assertThat(client.readRest()).isEmpty();
            Until.holds(() -> gate.openConnections() == 0);
        }
    }

    @Test
    void aBodyThatStopsIs408AndEndsTheRequestAtHomeAssistant() throws IOException {
        CountDownLatch homeSawTheEnd = new CountDownLatch(1);
        try (TestGate gate = new TestGate(impatient());
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        while (connection.read() >= 0) {
                            Thread.onSpinWait();
                        }
                        homeSawTheEnd.countDown();
                    });
            client.send(gate.request("POST", "/api/slow", "Content-Length: 100") + "begin");

            assertThat(client.read().status()).isEqualTo(408);
            await(homeSawTheEnd);
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws IOException {
        try (TestGate gate = new TestGate(impatient());
                RawClient client = gate.connect()) {
            client.send(gate.request("GET", "/api/"));
            client.read();

            assertThat(client.readRest()).isEmpty();
        }
    }

    @Test
    void aQuietStreamOutlivesEveryDeadline() throws IOException {
        CountDownLatch next = new CountDownLatch(1);
        try (TestGate gate = new TestGate(impatient());
                RawClient client = gate.connect();
                RawClient idle = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
                        await(next);
                        connection.write("cd");
                    });
            client.send(gate.request("GET", "/api/stream"));
            client.readHead();
            idle.readRest();
            next.countDown();

            assertThat(client.readBytes(4)).isEqualTo("abcd");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void moreConnectionsToHomeAssistantThanAllowedAre503() throws IOException {
        CountDownLatch held = new CountDownLatch(1);
        Setting setting = new Setting();
        setting.upstreamConnections = 1;
        try (TestGate gate = new TestGate(setting);
                RawClient first = gate.connect();
                RawClient second = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        await(held);
                        connection.write(RecordingHome.OK);
                    });
            first.send(gate.request("GET", "/api/slow"));
            Until.holds(() -> gate.home.received().contains("/api/slow"));
            second.send(gate.request("GET", "/api/second"));
            RawClient.Answer busy = second.read();
            held.countDown();

            assertThat(busy.status()).isEqualTo(503);
            assertThat(first.read().status()).isEqualTo(200);
        }
    }
}
