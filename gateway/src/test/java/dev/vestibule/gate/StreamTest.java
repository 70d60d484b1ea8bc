package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.connection.Cut;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.proxy.PortableLoops;

import io.netty.util.internal.PlatformDependent;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Bodies flow at the pace of whoever reads more slowly, are never collected, and end together.
class StreamTest {

    private static final long LARGE = 200L * 1024 * 1024;
    private static final long IN_FLIGHT_MAX = 16L * 1024 * 1024;

    /// The kernel holds as much as it likes of what is on its way between three processes, which is
    /// tens of megabytes on some machines. Who collects a body takes all of it.
    private static final long STUCK_MAX = LARGE / 2;

    private static final int PIECE = 64 * 1024;

    private static byte[] piece() {
        byte[] piece = new byte[PIECE];
        for (int i = 0; i < PIECE; i++) {
            piece[i] = (byte) (i * 31);
        }
        return piece;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void aLargeDownloadWaitsForItsReader() throws IOException {
        AtomicLong written = new AtomicLong();
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write(
                                "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                        while (written.get() < LARGE) {
                            connection.write(piece());
                            written.addAndGet(PIECE);
                        }
                    });
            client.send(gate.request("GET", "/api/backup/download/1"));
            client.readHead();
            long stuckAt = Stillness.of(written);
            long memory = PlatformDependent.usedDirectMemory();
            long received = drain(client, LARGE);

            assertThat(stuckAt).isLessThan(STUCK_MAX);
            assertThat(memory).isBetween(0L, IN_FLIGHT_MAX);
            assertThat(received).isEqualTo(LARGE);
        }
    }

    private static long drain(RawClient client, long length) throws IOException {
        byte[] expected = piece();
        byte[] buffer = new byte[PIECE];
        long received = 0;
        while (received < length) {
            int count = client.read(buffer);
            if (count < 0) {
                return received;
            }
            int at = (int) (received % PIECE);
            int straight = Math.min(count, PIECE - at);
            assertThat(Arrays.equals(buffer, 0, straight, expected, at, at + straight)).isTrue();
            received += count;
        }
        return received;
    }

    @Test
    void aLargeUploadWaitsForHomeAssistant() throws IOException {
        CountDownLatch mayRead = new CountDownLatch(1);
        AtomicLong received = new AtomicLong();
        AtomicLong sent = new AtomicLong();
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        await(mayRead);
                        byte[] buffer = new byte[PIECE];
                        while (received.get() < LARGE) {
                            received.addAndGet(connection.skip(buffer));
                        }
                        connection.write(RecordingHome.OK);
                    });
            client.send(gate.request("POST", "/api/backup/upload", "Content-Length: " + LARGE));
            Thread.ofPlatform()
                    .start(
                            () -> {
                                while (sent.get() < LARGE) {
                                    client.send(piece());
                                    sent.addAndGet(PIECE);
                                }
                            });
            long stuckAt = Stillness.of(sent);
            long memory = PlatformDependent.usedDirectMemory();
            mayRead.countDown();
            RawClient.Answer answer = client.read();

            assertThat(stuckAt).isLessThan(STUCK_MAX);
            assertThat(memory).isBetween(0L, IN_FLIGHT_MAX);
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(received).hasValue(LARGE);
            Until.holds(() -> sent.get() == LARGE);
        }
    }

    @Test
    void theEndOfAStreamWaitsForAReaderThatPauses() throws IOException {
        long length = 32L * 1024 * 1024;
        Duration shortly = Duration.ofMillis(200);
        Setting setting = new Setting();
        setting.deadlines =
                new Deadlines(Duration.ofSeconds(30), shortly, shortly, shortly, shortly);
        AtomicLong written = new AtomicLong();
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                        while (written.get() < length) {
                            connection.write(piece());
                            written.addAndGet(PIECE);
                        }
                    });
            client.send(gate.request("GET", "/api/video").replace("HTTP/1.1", "HTTP/1.0"));
            client.readHead();
            Stillness.of(written);

            assertThat(drain(client, length)).isEqualTo(length);
        }
    }

    @Test
    void whoSendsRequestsAndReadsNoAnswersIsNotReadFrom() throws IOException {
        AtomicLong sent = new AtomicLong();
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            String request = TestGate.anonymous("GET", "/api/states").repeat(1_000);
            Thread.ofVirtual()
                    .start(
                            () -> {
                                while (sent.get() < LARGE) {
                                    client.trySend(request);
                                    sent.addAndGet(request.length());
                                }
                            });

            assertThat(Stillness.of(sent)).isLessThan(STUCK_MAX);
            assertThat(PlatformDependent.usedDirectMemory()).isBetween(0L, IN_FLIGHT_MAX);
        }
    }

    @Test
    void eventsArriveOneByOneAndTheStreamStaysOpen() throws IOException {
        CountDownLatch next = new CountDownLatch(1);
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write(
                                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\n"
                                        + "b\r\ndata: one\n\n\r\n");
                        await(next);
                        connection.write("b\r\ndata: two\n\n\r\n0\r\n\r\n");
                    });
            client.send(gate.request("GET", "/api/stream"));
            client.readHead();
            client.readLine();
            String first = client.readLine();
            next.countDown();
            client.readBytes(3);
            client.readLine();

            assertThat(first).isEqualTo("data: one");
            assertThat(client.readLine()).isEqualTo("data: two");
        }
    }

    @Test
    void anEndedAccessEndsTheStreamOnBothSides() throws IOException {
        CountDownLatch homeSawTheEnd = new CountDownLatch(1);
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write("HTTP/1.1 200 OK\r\n\r\nframe");
                        connection.read();
                        homeSawTheEnd.countDown();
                    });
            client.send(gate.request("GET", "/api/camera_proxy_stream/camera.door"));
            client.readHead();
            gate.grant.grant().connections().end(Cut.SUSPENDED);

            assertThat(client.readRest()).doesNotContain("0\r\n\r\n");
            await(homeSawTheEnd);
        }
    }

    @Test
    void aFinishedRequestIsNoLongerRegistered() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            client.send(gate.request("GET", "/api/"));
            client.read();

            Until.holds(() -> gate.grant.grant().connections().count() == 0);
            gate.grant.grant().connections().end(Cut.ENDED);
            client.send(TestGate.anonymous("GET", "/lovelace"));
            assertThat(client.read().body()).isEqualTo("the copy");
        }
    }

    @Test
    void aClientThatGoesEndsTheRequestAtHomeAssistant() throws IOException {
        CountDownLatch homeSawTheEnd = new CountDownLatch(1);
        try (TestGate gate = new TestGate()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.read();
                        homeSawTheEnd.countDown();
                    });
            try (RawClient client = gate.connect()) {
                client.send(gate.request("GET", "/api/slow"));
                Until.holds(() -> gate.home.received().contains("/api/slow"));
            }

            await(homeSawTheEnd);
        }
    }

    @Test
    void anUploadThatBreaksOffIsNotAWholeUpload() throws IOException {
        CountDownLatch homeSawTheEnd = new CountDownLatch(1);
        try (TestGate gate = new TestGate()) {
            gate.home.answersBy(
                    connection -> {
                        String head = connection.readHead();
                        try {
                            connection.readBody(head);
                        } finally {
                            homeSawTheEnd.countDown();
                        }
                        connection.write(RecordingHome.OK);
                    });
            try (RawClient client = gate.connect()) {
                client.send(
                        gate.request("POST", "/api/half", "Transfer-Encoding: chunked")
                                + "5\r\nhello\r\n");
                Until.holds(() -> gate.home.received().contains("hello"));
            }

            await(homeSawTheEnd);
            assertThat(gate.home.received()).doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void anAnswerMayOvertakeItsRequest() throws IOException {
        try (TestGate gate = new TestGate()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nno!");
                        byte[] buffer = new byte[PIECE];
                        while (connection.skip(buffer) >= 0) {
                            Thread.onSpinWait();
                        }
                    });
            try (RawClient client = gate.connect()) {
                client.send(gate.request("POST", "/api/early", "Content-Length: 100000") + "begin");

                RawClient.Answer answer = client.read();

                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.body()).isEqualTo("no!");
                client.trySend(gate.request("GET", "/api/hidden"));
                assertThat(client.readRest()).isEmpty();
            }
            gate.home.answersBy(
                    connection -> {
                        while (!connection.readHead().isEmpty()) {
                            connection.write(RecordingHome.OK);
                        }
                    });
            try (RawClient next = gate.connect()) {
                next.send(gate.request("GET", "/api/next"));

                assertThat(next.read().body()).isEqualTo("ok");
                assertThat(gate.home.received()).doesNotContain("/api/hidden");
            }
        }
    }

    /// Where nothing but reading the socket shows that a client has gone.
    @Test
    void aClientThatGoesIsSeenToWithoutEpollToo() throws IOException {
        Setting setting = new Setting();
        setting.loops = PortableLoops::one;
        CountDownLatch ended = new CountDownLatch(1);
        try (TestGate gate = new TestGate(setting)) {
            gate.home.answersBy(
                    connection -> {
                        connection.readBody(connection.readHead());
                        connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                        assertThat(connection.read()).isEqualTo(-1);
                        ended.countDown();
                    });
            try (RawClient client = gate.connect()) {
                client.send(gate.request("POST", "/api/mcp", "Content-Length: 2") + "{}");
                assertThat(client.readHead()).startsWith("HTTP/1.1 200");
            }

            await(ended);
            Until.holds(() -> gate.openConnections() == 0);
        }
    }
}
