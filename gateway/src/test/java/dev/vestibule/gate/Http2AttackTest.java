package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.gate.RawStreams.Answer;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.http.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/// C4 and the floods: what HTTP/2 adds to the ways of being attacked.
class Http2AttackTest {

    private static final byte[] NOTHING = {};
    private static final int INITIAL_WINDOW_SIZE = 4;

    private final TlsHouse house = TlsHouse.get();

    private RawStreams open(TestGate gate) throws IOException {
        return RawStreams.open(gate, house.client);
    }

    /// Names and values, with `~` for a line break, `^` for NUL and `_` for a blank at an edge.
    @ParameterizedTest
    @ValueSource(
            strings = {
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|X-Upper|1",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|connection|close",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|keep-alive|1",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|proxy-connection|x",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|upgrade|websocket",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|http2-settings|x",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|te|gzip",
                ":method|POST|:scheme|https|:path|/api/a|:authority|home.example"
                        + "|transfer-encoding|chunked",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|x|a~b: c",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|x|a^b",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|x|_a",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|x|a_",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|x y|1",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|x~y|1",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|x:y|1",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example||1",
                ":method|GET|:scheme|https|:path|/api/a HTTP/1.1|:authority|home.example",
                ":method|GET|:scheme|https|:path|/api/a~x: y|:authority|home.example",
                ":method|GET|:scheme|https|:path||:authority|home.example",
                ":method|GET|:scheme|https|:authority|home.example",
                ":method|GET|:path|/api/a|:authority|home.example",
                ":scheme|https|:path|/api/a|:authority|home.example",
                ":method|GET|:scheme|https|:path|/api/a|:path|/api/b|:authority|home.example",
                ":method|GET|:method|POST|:scheme|https|:path|/api/a|:authority|home.example",
                ":method|GET|:scheme|https|:scheme|https|:path|/api/a|:authority|home.example",
                ":method|GET|:scheme|http|:path|/api/a|:authority|home.example",
                ":method|GET / HTTP/1.1|:scheme|https|:path|/api/a|:authority|home.example",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|host|other.example",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example"
                        + "|:authority|home.example",
                ":method|GET|:scheme|https|:path|/api/a|:authority||host|home.example",
                ":method|GET|:scheme|https|:path|/api/a|host|home.example|host|home.example",
                ":method|GET|:scheme|https|:path|/api/a|x|1|:authority|home.example",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|:status|200",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example"
                        + "|:protocol|websocket",
                ":method|CONNECT|:authority|home.example",
                ":method|GET|:scheme|https|:path|/api/a|:authority|home.example|content-length|5"
            })
    void aMalformedRequestEndsItsStreamAndNothingElse(String fields) throws IOException {
        List<String> sent = new ArrayList<>(List.of(fields.split("\\|", -1)));
        sent.replaceAll(text -> text.replace("~", "\r\n").replace('^', '\u0000').replace('_', ' '));
        sent.addAll(List.of("authorization", "Bearer access-ada"));
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            Answer answer = client.open(1, true, sent.toArray(String[]::new)).answer(1);

            assertThat(answer.error()).isEqualTo(RawStreams.PROTOCOL_ERROR);
            assertThat(answer.status()).isZero();
            assertThat(gate.home.received()).isEmpty();
            assertThat(client.get(3, "/auth/authorize").answer(3).status()).isEqualTo(200);
        }
    }

    /// What the door refuses on a socket, it refuses on a stream.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/webhook/..%2f..%2fapi/states",
                "/api/%2e%2e/states",
                "/api/a#b",
                "/api/%00",
                "//api//states",
                "https://home.example/api/states",
                "*"
            })
    void aTargetThatCanBeReadInTwoWaysIsRefused(String path) throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            assertThat(client.get(1, path).answer(1).status()).isEqualTo(400);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void doubledHeadersUnknownMethodsAndLongAddressesAreRefusedAsOnASocket() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            assertThat(client.get(1, "/api/a", "authorization", "Bearer x").answer(1).status())
                    .isEqualTo(400);
            assertThat(client.request(3, true, "TRACE", "/api/a").answer(3).status())
                    .isEqualTo(405);
            byte[] block =
                    RawStreams.block(
                            ":method",
                            "GET",
                            ":scheme",
                            "https",
                            ":path",
                            "/api/" + "a".repeat(17 * 1024),
                            ":authority",
                            TestGate.HOST);
            client.send(RawStreams.HEADERS, RawStreams.END_STREAM, 5, part(block, 0, 16_000))
                    .send(
                            RawStreams.CONTINUATION,
                            RawStreams.END_HEADERS,
                            5,
                            part(block, 16_000, block.length));
            assertThat(client.answer(5).status()).isEqualTo(414);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "5"})
    void aBodyOfAnotherLengthThanAnnouncedEndsTheStream(String announced) throws IOException {
        CountDownLatch broken = new CountDownLatch(1);
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        while (connection.read() >= 0) {
                            Thread.onSpinWait();
                        }
                        broken.countDown();
                    });
            client.request(1, false, "POST", "/api/services/x", "content-length", announced)
                    .data(1, true, "{ab}");

            assertThat(client.answer(1).error()).isEqualTo(RawStreams.PROTOCOL_ERROR);
            assertThat(client.get(3, "/auth/authorize").answer(3).status()).isEqualTo(200);
            // The request never left, or never became whole there.
            assertThat(gate.home.received().isEmpty() || isDown(broken)).isTrue();
        }
    }

    private static boolean isDown(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void trailersAreDropped() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            client.request(1, false, "POST", "/api/services/x")
                    .data(1, false, "{}")
                    .open(1, true, "x-forwarded-for", "192.168.1.2", "authorization", "Bearer y");

            assertThat(client.answer(1).status()).isEqualTo(200);
            assertThat(gate.home.received())
                    .doesNotContain("192.168.1.2")
                    .doesNotContain("Bearer y")
                    .endsWith("0\r\n\r\n");
        }
    }

    @Test
    void headersBeyondTheLimitReachNobody() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            byte[] block =
                    RawStreams.block(
                            ":method",
                            "GET",
                            ":scheme",
                            "https",
                            ":path",
                            "/api/a",
                            ":authority",
                            TestGate.HOST,
                            "x",
                            "a".repeat(36_000));
            client.send(RawStreams.HEADERS, RawStreams.END_STREAM, 1, part(block, 0, 16_000));
            client.send(RawStreams.CONTINUATION, 0, 1, part(block, 16_000, 32_000));
            client.trySend(
                    RawStreams.CONTINUATION,
                    RawStreams.END_HEADERS,
                    1,
                    part(block, 32_000, block.length));

            Answer answer = client.answer(1);
            assertThat(answer.status() == 431 || answer.error() >= 0).isTrue();
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void aHeaderBlockWithoutEndEndsTheConnection() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            // Heard and answered before, since an answer within the block would break it.
            client.read(RawStreams.SETTINGS);
            client.send(RawStreams.HEADERS, RawStreams.END_STREAM, 1, RawStreams.block("x", "y"));

            assertFloodIsEnded(
                    gate,
                    client,
                    _ -> client.trySend(RawStreams.CONTINUATION, 0, 1, RawStreams.block("x", "y")));
        }
    }

    @Test
    void aFloodOfPingsEndsTheConnection() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            assertFloodIsEnded(
                    gate, client, _ -> client.trySend(RawStreams.PING, 0, 0, new byte[8]));
        }
    }

    @Test
    void aFloodOfSettingsEndsTheConnection() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            assertFloodIsEnded(
                    gate, client, _ -> client.trySend(RawStreams.SETTINGS, 0, 0, NOTHING));
        }
    }

    @Test
    void aFloodOfPrioritiesEndsTheConnection() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            assertFloodIsEnded(
                    gate,
                    client,
                    _ ->
                            client.trySend(
                                    RawStreams.PRIORITY,
                                    0,
                                    1,
                                    ByteBuffer.allocate(5).putInt(0).put((byte) 16).array()));
        }
    }

    @Test
    void aFloodOfEmptyDataEndsTheConnection() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            client.request(1, false, "POST", "/auth/token");
            assertFloodIsEnded(gate, client, _ -> client.trySend(RawStreams.DATA, 0, 1, NOTHING));
        }
    }

    /// CVE-2023-44487.
    @Test
    void requestsThatAreTakenBackAtOnceEndTheConnection() throws IOException {
        try (TestGate gate = house.gate();
                RawStreams client = open(gate)) {
            assertFloodIsEnded(
                    gate,
                    client,
                    i -> {
                        int stream = 2 * i + 1;
                        return client.trySend(
                                        RawStreams.HEADERS,
                                        RawStreams.END_HEADERS | RawStreams.END_STREAM,
                                        stream,
                                        RawStreams.block(
                                                ":method",
                                                "GET",
                                                ":scheme",
                                                "https",
                                                ":path",
                                                "/auth/authorize",
                                                ":authority",
                                                TestGate.HOST))
                                && client.trySend(RawStreams.RST_STREAM, 0, stream, new byte[4]);
                    });
        }
    }

    /// @param send false where the connection is gone
    private static void assertFloodIsEnded(TestGate gate, RawStreams client, IntPredicate send)
            throws IOException {
        Thread flood =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    for (int i = 0; i < 5_000 && send.test(i); i++) {
                                        Thread.onSpinWait();
                                    }
                                });
        // The end is what counts; the reason may be lost where the other side still writes.
        assertThat(client.farewell()).isIn(RawStreams.ENHANCE_YOUR_CALM, -1);
        Until.holds(() -> gate.openConnections() == 0);
        flood.interrupt();
    }

    @Test
    void moreStreamsThanAllowedAreRefusedAndMayBeAskedForAgain() throws IOException {
        CountDownLatch held = new CountDownLatch(1);
        Setting setting = new Setting();
        setting.workers = 200;
        setting.handler =
                request -> {
                    isDown(held);
                    return Response.text(200, "done");
                };
        try (TestGate gate = house.gate(setting);
                RawStreams client = open(gate)) {
            for (int i = 0; i < Http2Connection.STREAMS_MAX; i++) {
                client.get(2 * i + 1, "/auth/authorize");
            }
            int next = 2 * Http2Connection.STREAMS_MAX + 1;
            assertThat(client.get(next, "/auth/authorize").answer(next).error())
                    .isEqualTo(RawStreams.REFUSED_STREAM);
            held.countDown();
            assertThat(client.answer(1).status()).isEqualTo(200);
        }
    }

    /// Attack: one connection, and streams that count for nothing.
    @Test
    void aStreamTakesAPlaceAsAConnectionDoes() throws IOException {
        CountDownLatch held = new CountDownLatch(1);
        Setting setting = new Setting();
        setting.connections = 3;
        setting.handler =
                request -> {
                    isDown(held);
                    return Response.text(200, "done");
                };
        try (TestGate gate = house.gate(setting);
                RawStreams client = open(gate)) {
            client.get(1, "/auth/authorize").get(3, "/auth/authorize");
            assertThat(client.get(5, "/auth/authorize").answer(5).error())
                    .isEqualTo(RawStreams.REFUSED_STREAM);
            held.countDown();
            assertThat(client.answer(1).status()).isEqualTo(200);
            assertThat(client.get(7, "/auth/authorize").answer(7).status()).isEqualTo(200);
        }
    }

    /// Attack: many connections that each send most of a header block and then wait.
    @Test
    void unfinishedHeadersShareOneMemory() throws IOException {
        Setting setting = new Setting();
        setting.heldBytes = 20_000;
        byte[] most = RawStreams.block("x", "a".repeat(15_000));
        try (TestGate gate = house.gate(setting)) {
            try (RawStreams one = open(gate);
                    RawStreams other = open(gate);
                    RawStreams ordinary = open(gate)) {
                one.send(RawStreams.HEADERS, 0, 1, most);
                Until.holds(() -> gate.heldBytesLeft() < 10_000);

                other.send(RawStreams.HEADERS, 0, 1, most);
                assertThat(other.farewell()).isIn(RawStreams.NO_ERROR, -1);

                assertThat(ordinary.get(1, "/auth/authorize").answer(1).status()).isEqualTo(200);
            }
            Until.holds(() -> gate.heldBytesLeft() == 20_000);
        }
    }

    /// Attack: a hundred streams that are given no window, so that their answers wait here.
    @Test
    void answersThatNobodyTakesShareOneMemoryOfWhichOneMachineLeavesOthersTheirPart()
            throws IOException {
        Setting setting = new Setting();
        setting.heldBytes = 100_000;
        setting.handler = request -> Response.text(200, "a".repeat(30_000));
        try (TestGate gate = house.gate(setting)) {
            try (RawStreams client = RawStreams.open(gate, house.client, INITIAL_WINDOW_SIZE, 0)) {
                for (int stream = 1; stream < 7; stream += 2) {
                    client.get(stream, "/auth/authorize");
                }
                Until.holds(() -> gate.heldBytesLeft() < 30_000);
                assertThat(client.get(7, "/auth/authorize").answer(7).error())
                        .isEqualTo(RawStreams.ENHANCE_YOUR_CALM);
                try (RawStreams other = RawStreams.openFrom("127.0.0.2", gate, house.client)) {
                    assertThat(other.get(1, "/auth/authorize").answer(1).body()).hasSize(30_000);
                }
                client.window(1, 100_000).window(3, 100_000);
                assertThat(client.answer(3).body()).hasSize(30_000);
                Until.holds(() -> gate.heldBytesLeft() > 70_000);
            }
            Until.holds(() -> gate.heldBytesLeft() == 100_000);
        }
    }

    @Test
    void anOwnAnswerThatNobodyTakesEndsInTime() throws IOException {
        Setting setting = new Setting();
        Duration ample = Duration.ofSeconds(60);
        setting.deadlines =
                new Deadlines(ample, ample, ample, Duration.ofMillis(300), Duration.ofMillis(300));
        setting.handler = request -> Response.text(200, "a".repeat(300_000));
        try (TestGate gate = house.gate(setting);
                RawStreams client = RawStreams.open(gate, house.client, INITIAL_WINDOW_SIZE, 0)) {
            assertThat(client.get(1, "/auth/authorize").answer(1).error())
                    .isEqualTo(RawStreams.CANCEL);
        }
    }

    /// C7: whoever knows HTTP/2 without having agreed on it is not understood.
    @Test
    void withoutAnAgreementItIsNotSpoken() throws IOException {
        try (TestGate gate = house.gate();
                RawClient client = gate.connect()) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(client.read().status()).isIn(400, 405, 505);
            assertThat(gate.home.received()).isEmpty();
        }
    }
}
