package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.connection.Cut;
import dev.vestibule.gate.RawStreams.Answer;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.http.Response;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Requests on streams of HTTP/2 go through the same door.
class Http2Test {

    private final TlsHouse house = TlsHouse.get();

    private RawStreams open(TestGate gate) throws IOException {
        return RawStreams.open(gate, house.client);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void ownPagesTheApiAndTheShellAreAnswered() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            Answer own = client.get(1, "/auth/authorize").answer(1);
            Answer api = client.get(3, "/api/states").answer(3);
            Answer shell = client.get(5, "/").answer(5);

            assertThat(own.status()).isEqualTo(200);
            assertThat(own.body()).isEqualTo("own");
            assertThat(own.header("content-length")).contains("3");
            assertThat(own.header("connection")).isEmpty();
            assertThat(own.header("strict-transport-security")).contains("max-age=86400");
            assertThat(api.body()).isEqualTo("ok");
            assertThat(api.header("strict-transport-security")).contains("max-age=86400");
            assertThat(shell.body()).contains("the copy");
            assertThat(gate.home.received())
                    .contains("GET /api/states HTTP/1.1\r\n")
                    .contains("X-Forwarded-For: 127.0.0.1")
                    .doesNotContainIgnoringCase("transfer-encoding");
        }
    }

    @Test
    void whoIsNotKnownIsRefusedAndHomeAssistantHearsNothing() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            client.open(
                    1,
                    true,
                    ":method",
                    "GET",
                    ":scheme",
                    "https",
                    ":path",
                    "/api/states",
                    ":authority",
                    TestGate.HOST);

            assertThat(client.answer(1).status()).isEqualTo(401);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void anotherHostIsNotServed() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            client.open(
                    1,
                    true,
                    ":method",
                    "GET",
                    ":scheme",
                    "https",
                    ":path",
                    "/api/states",
                    ":authority",
                    "evil.example",
                    "authorization",
                    "Bearer access-ada");

            assertThat(client.answer(1).status()).isEqualTo(421);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void theAnswerToHeadHasNoBody() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            gate.home.answers("HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n");
            Answer own = client.request(1, true, "HEAD", "/auth/authorize").answer(1);
            Answer api = client.request(3, true, "HEAD", "/api/states").answer(3);

            assertThat(own.status()).isEqualTo(200);
            assertThat(own.body()).isEmpty();
            assertThat(own.header("content-length")).contains("3");
            assertThat(api.body()).isEmpty();
            assertThat(api.header("content-length")).contains("77");
        }
    }

    @Test
    void anAnswerWithoutABodyEndsTheStream() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            gate.home.answers("HTTP/1.1 204 No Content\r\n\r\n");

            assertThat(client.get(1, "/api/states").answer(1).status()).isEqualTo(204);
        }
    }

    @Test
    void cookiesThatWereSplitAreOneAgain() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            client.get(1, "/api/states", "cookie", "one=1", "cookie", "two=2").answer(1);

            assertThat(gate.home.received().toLowerCase(Locale.ROOT))
                    .contains("cookie: one=1; two=2\r\n");
        }
    }

    @Test
    void aBodyOfUnknownLengthArrivesWhole() throws IOException {
        Setting setting = new Setting();
        setting.handler = request -> Response.text(200, request.bodyText());
        try (TestGate gate = house.gate(setting);
                RawStreams client = open(gate)) {
            client.request(1, false, "POST", "/auth/token")
                    .data(1, false, "hello")
                    .data(1, true, "!");
            assertThat(client.answer(1).body()).isEqualTo("hello!");

            client.request(3, false, "POST", "/api/services/light/turn_on")
                    .data(3, false, "{}")
                    .data(3, true, "");
            assertThat(client.answer(3).status()).isEqualTo(200);
            assertThat(gate.home.received())
                    .containsIgnoringCase("transfer-encoding: chunked")
                    .contains("2\r\n{}\r\n0\r\n\r\n");
        }
    }

    @Test
    void aBodyOfKnownLengthKeepsIt() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            client.request(1, false, "POST", "/api/services/x", "content-length", "2")
                    .data(1, true, "{}");

            assertThat(client.answer(1).status()).isEqualTo(200);
            assertThat(gate.home.received())
                    .containsIgnoringCase("content-length: 2")
                    .endsWith("{}");
        }
    }

    @Test
    void whoWaitsForItIsToldToContinue() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            client.request(
                    1,
                    false,
                    "POST",
                    "/auth/token",
                    "content-length",
                    "2",
                    "expect",
                    "100-continue");
            RawStreams.Frame interim = client.read(RawStreams.HEADERS);
            assertThat(interim.fields().status()).hasToString("100");
            assertThat(interim.isEnd()).isFalse();

            assertThat(client.data(1, true, "ab").answer(1).status()).isEqualTo(200);
        }
    }

    /// RFC 9113 section 8.1: the answer is whole, and the client is told to stop.
    @Test
    void aBodyThatNobodyWantsIsAnsweredAndStopped() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            client.request(1, false, "POST", "/auth/token", "content-length", "1000000");

            assertThat(client.answer(1).status()).isEqualTo(413);
            assertThat(client.read(RawStreams.RST_STREAM).error()).isEqualTo(RawStreams.NO_ERROR);
            assertThat(client.get(3, "/auth/authorize").answer(3).status()).isEqualTo(200);
            assertThat(gate.seenByHandlers).hasSize(1);
        }
    }

    @Test
    void websocketsAreNotOpenedOnStreams() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            Answer answer =
                    client.get(
                                    1,
                                    "/api/websocket",
                                    "sec-websocket-version",
                                    "13",
                                    "sec-websocket-key",
                                    "dGhlIHNhbXBsZSBub25jZQ==")
                            .answer(1);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(gate.sockets).isEmpty();
        }
    }

    @Test
    void manyStreamsAreAnsweredEachWithItsOwn() throws IOException {
        Setting setting = new Setting();
        setting.handler = request -> Response.text(200, request.target().pathAndQuery());
        try (TestGate gate = house.gate(setting);
                RawStreams client = open(gate)) {
            for (int stream = 1; stream < 160; stream += 2) {
                client.get(stream, "/auth/authorize?n=" + stream);
            }
            int answered = 0;
            while (answered < 80) {
                RawStreams.Frame frame = client.read();
                if (frame.type() == RawStreams.DATA) {
                    answered++;
                    assertThat(new String(frame.payload(), StandardCharsets.UTF_8))
                            .isEqualTo("/auth/authorize?n=" + frame.stream());
                }
            }
        }
    }

    /// The end of a session is the end of what it has open, and of nothing else.
    @Test
    void theEndOfASessionEndsItsStreamsAndNoOthers() throws IOException {
        CountDownLatch ended = new CountDownLatch(2);
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write(
                                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\n5\r\nevent\r\n");
                        while (connection.read() >= 0) {
                            Thread.onSpinWait();
                        }
                        ended.countDown();
                    });
            client.get(1, "/api/stream").get(3, "/api/error_log");
            client.read(RawStreams.DATA);
            client.read(RawStreams.DATA);

            gate.grant.grant().connections().end(Cut.SUSPENDED);

            for (int i = 0; i < 2; i++) {
                RawStreams.Frame end = client.read(RawStreams.RST_STREAM);
                assertThat(end.stream()).isIn(1, 3);
                assertThat(end.error()).isEqualTo(RawStreams.CANCEL);
            }
            await(ended);
            assertThat(client.get(5, "/auth/authorize").answer(5).status()).isEqualTo(200);
            assertThat(client.get(7, "/api/states").answer(7).status()).isEqualTo(401);
        }
    }

    @Test
    void aClientThatLeavesAStreamEndsItsRequest() throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab");
                        while (connection.read() >= 0) {
                            Thread.onSpinWait();
                        }
                        ended.countDown();
                    });
            client.get(1, "/api/stream").read(RawStreams.DATA);

            client.reset(1);

            await(ended);
            Until.holds(() -> gate.grant.grant().connections().count() == 0);
        }
    }

    @Test
    void anAnswerThatIsCutShortIsSeenToBe() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab");
                    });

            assertThat(client.get(1, "/api/states").answer(1).error()).isEqualTo(RawStreams.CANCEL);
        }
    }

    private static Setting impatient(Duration firstHead, Duration nextHead) {
        Setting setting = new Setting();
        Duration ample = Duration.ofSeconds(60);
        setting.deadlines = new Deadlines(firstHead, nextHead, ample, ample, ample);
        return setting;
    }

    @Test
    void aConnectionThatAsksNothingIsClosed() throws IOException {
        Setting setting = impatient(Duration.ofSeconds(2), Duration.ofSeconds(60));
        try (TestGate gate = house.gate(setting);
                RawStreams client = open(gate)) {
            assertThat(client.farewell()).isEqualTo(RawStreams.NO_ERROR);
            Until.holds(() -> gate.openConnections() == 0);
        }
    }

    @Test
    void aConnectionIsClosedWhenItHasNothingOpenForAWhileAndNotBefore() throws IOException {
        CountDownLatch next = new CountDownLatch(1);
        Setting setting = impatient(Duration.ofSeconds(30), Duration.ofMillis(300));
        try (TestGate gate = house.gate(setting);
                RawStreams client = open(gate);
                RawStreams idle = open(gate)) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
                        await(next);
                        connection.write("cd");
                    });
            client.get(1, "/api/stream").read(RawStreams.DATA);
            idle.get(1, "/auth/authorize").answer(1);
            assertThat(idle.farewell()).isEqualTo(RawStreams.NO_ERROR);
            next.countDown();

            assertThat(client.answer(1).body()).isEqualTo("cd");
        }
    }

    @Test
    void aBodyThatStopsIs408() throws IOException {
        Setting setting = new Setting();
        Duration ample = Duration.ofSeconds(60);
        setting.deadlines =
                new Deadlines(ample, ample, Duration.ofMillis(300), ample, Duration.ofMillis(300));
        try (TestGate gate = house.gate(setting);
                RawStreams client = open(gate)) {
            client.request(1, false, "POST", "/api/slow", "content-length", "9")
                    .data(1, false, "a");

            assertThat(client.answer(1).status()).isEqualTo(408);
        }
    }
}
