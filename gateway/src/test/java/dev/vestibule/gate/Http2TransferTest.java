package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.PlatformDependent;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Bodies flow through streams at the pace of whoever reads more slowly, and are never collected.
class Http2TransferTest {

    private static final long LARGE = 200L * 1024 * 1024;
    private static final long IN_FLIGHT_MAX = 16L * 1024 * 1024;

    /// The kernel holds as much as it likes of what is on its way between three processes, which is
    /// tens of megabytes on some machines. Who collects a body takes all of it.
    private static final long STUCK_MAX = LARGE / 2;

    private static final int PIECE = 16 * 1024;
    private static final int WINDOW = 1 << 20;

    private final TlsHouse house = TlsHouse.get();

    private static byte[] piece() {
        byte[] piece = new byte[PIECE];
        for (int i = 0; i < PIECE; i++) {
            piece[i] = (byte) (i * 31);
        }
        return piece;
    }

    @Test
    void aLargeDownloadWaitsForItsReaderAndOthersDoNot() throws IOException {
        AtomicLong written = new AtomicLong();
        try (TestGate gate = house.gate();
                RawStreams client = RawStreams.open(gate, house.client)) {
            gate.home.answersBy(
                    connection -> {
                        String head = connection.readHead();
                        if (!head.contains("/download/")) {
                            connection.write(RecordingHome.OK);
                            return;
                        }
                        connection.write(
                                "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                        while (written.get() < LARGE) {
                            connection.write(piece());
                            written.addAndGet(PIECE);
                        }
                    });
            client.window(0, WINDOW).get(1, "/api/backup/download/1");
            long stuckAt = Stillness.of(written);
            long memory = PlatformDependent.usedDirectMemory();
            assertThat(client.get(3, "/api/states").answer(3).body()).isEqualTo("ok");

            assertThat(stuckAt).isLessThan(STUCK_MAX);
            assertThat(memory).isBetween(0L, IN_FLIGHT_MAX);
        }
    }

    @Test
    void aLargeDownloadArrivesWhole() throws IOException {
        byte[] expected = piece();
        try (TestGate gate = house.gate();
                RawStreams client = RawStreams.open(gate, house.client)) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write(
                                "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                        for (long sent = 0; sent < LARGE; sent += PIECE) {
                            connection.write(expected);
                        }
                    });
            client.window(0, WINDOW).get(1, "/api/backup/download/1").window(1, WINDOW);
            long received = 0;
            long given = 0;
            boolean isOver = false;
            while (!isOver) {
                RawStreams.Frame frame = client.read();
                if (frame.type() == RawStreams.DATA) {
                    assertThat(isNext(frame.payload(), received, expected)).isTrue();
                    received += frame.payload().length;
                    given += frame.payload().length;
                    isOver = frame.isEnd();
                }
                if (given > WINDOW / 4) {
                    client.window(0, (int) given).window(1, (int) given);
                    given = 0;
                }
            }
            assertThat(received).isEqualTo(LARGE);
        }
    }

    private static boolean isNext(byte[] piece, long at, byte[] expected) {
        int from = (int) (at % PIECE);
        int straight = Math.min(piece.length, PIECE - from);
        return Arrays.equals(piece, 0, straight, expected, from, from + straight)
                && Arrays.equals(
                        piece, straight, piece.length, expected, 0, piece.length - straight);
    }

    @Test
    void aLargeUploadWaitsForHomeAssistantAndArrivesWhole() throws IOException {
        CountDownLatch mayRead = new CountDownLatch(1);
        AtomicLong received = new AtomicLong();
        AtomicLong sent = new AtomicLong();
        AtomicLong window = new AtomicLong();
        try (TestGate gate = house.gate();
                RawStreams client = RawStreams.open(gate, house.client)) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        await(mayRead);
                        byte[] buffer = new byte[PIECE];
                        int count = connection.skip(buffer);
                        while (count > 0 && received.addAndGet(count) < LARGE) {
                            count = connection.skip(buffer);
                        }
                        connection.write(RecordingHome.OK);
                    });
            client.request(1, false, "POST", "/api/backup/upload", "content-length", "" + LARGE);
            Thread sending = Thread.ofVirtual().start(() -> upload(client, window, sent));
            Thread reading = Thread.ofPlatform().start(() -> readWindows(client, window));
            long stuckAt = Stillness.of(sent);
            long memory = PlatformDependent.usedDirectMemory();
            mayRead.countDown();
            reading.join();

            assertThat(stuckAt).isLessThan(STUCK_MAX);
            assertThat(memory).isBetween(0L, IN_FLIGHT_MAX);
            assertThat(received.get()).isEqualTo(LARGE);
            sending.interrupt();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void upload(RawStreams client, AtomicLong window, AtomicLong sent) {
        String piece = new String(piece(), StandardCharsets.ISO_8859_1);
        while (sent.get() < LARGE) {
            while (window.get() - sent.get() < PIECE) {
                LockSupport.parkNanos(100_000);
            }
            client.data(1, sent.get() + PIECE >= LARGE, piece);
            sent.addAndGet(PIECE);
        }
    }

    /// What the stream's window comes to, which is less than that of the connection.
    private static void readWindows(RawStreams client, AtomicLong window) {
        try {
            long stream = 0;
            long connection = 65_535;
            while (true) {
                RawStreams.Frame frame = client.read();
                int value =
                        frame.payload().length >= 4 ? ByteBuffer.wrap(frame.payload()).getInt() : 0;
                if (frame.type() == RawStreams.WINDOW_UPDATE && frame.stream() == 1) {
                    stream += value;
                } else if (frame.type() == RawStreams.WINDOW_UPDATE) {
                    connection += value;
                } else if (frame.type() == RawStreams.SETTINGS && frame.flags() == 0) {
                    stream += initialWindow(frame.payload());
                } else if (frame.isEnd()) {
                    return;
                }
                window.set(Math.min(stream, connection));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static int initialWindow(byte[] settings) {
        ByteBuffer rest = ByteBuffer.wrap(settings);
        while (rest.hasRemaining()) {
            int id = rest.getShort();
            int value = rest.getInt();
            if (id == 4) {
                return value;
            }
        }
        return 65_535;
    }

    @Test
    void eventsComeAsTheyHappen() throws IOException {
        CountDownLatch next = new CountDownLatch(1);
        try (TestGate gate = house.gate();
                RawStreams client = RawStreams.open(gate, house.client)) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write(
                                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
                        await(next);
                        connection.write("6\r\nsecond\r\n0\r\n\r\n");
                    });
            client.get(1, "/api/stream");
            assertThat(new String(client.read(RawStreams.DATA).payload(), StandardCharsets.UTF_8))
                    .isEqualTo("first");
            next.countDown();

            assertThat(client.answer(1).body()).isEqualTo("second");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
