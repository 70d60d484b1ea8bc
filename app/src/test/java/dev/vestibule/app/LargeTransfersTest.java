package dev.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.app.CountingSocket.Received;
import dev.vestibule.testhouse.home.ReceivedUpload;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What is large passes through the program as a user runs it, whose heap has 96 MB: nothing is
/// collected on the way, however many bytes there are, however slowly they are taken.
@Timeout(300)
class LargeTransfersTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final long LARGE = 200L * MEGABYTE;
    private static final long MODERATE = 20L * MEGABYTE;
    private static final String SHA256 = ScriptedHomeAssistant.downloadSha256(MODERATE);
    private static final String STATES = "{\"id\":1,\"type\":\"get_states\"}";
    private static final int SLOW = 200;

    /// Home Assistant's own limit.
    private static final int LONGEST = 4 * MEGABYTE;

    @TempDir Path directory;
    private ServedHouse house;
    private String accessToken;

    @BeforeEach
    void signIn() {
        house = new ServedHouse(directory);
        accessToken = house.signIn();
    }

    /// Whatever a test did, the gateway still answers and never ran out of memory.
    @AfterEach
    void stillServes() {
        try (ServedHouse closing = house) {
            assertThat(get("/api/").statusCode()).isEqualTo(200);
            assertThat(closing.program().isAlive()).isTrue();
            assertThat(closing.program().complained())
                    .doesNotContain("OutOfMemory", "OutOfDirectMemory", "ERROR");
        }
    }

    @Test
    void twoHundredMegabytesGoUpAndComeDownByBearerAndBySignature() {
        String path = download(LARGE);
        String expected = ScriptedHomeAssistant.downloadSha256(LARGE);

        assertThat(upload(LARGE)).isEqualTo(expected);
        assertThat(house.home().lastUpload().map(ReceivedUpload::bytes)).hasValue(LARGE);
        assertThat(sha256(get(path))).isEqualTo(expected);
        assertThat(sha256(send(HttpRequest.newBuilder(house.at(signed(path))))))
                .isEqualTo(expected);
    }

    private String signed(String path) {
        URI address = URI.create("ws://" + house.at("/").getAuthority() + "/api/websocket");
        try (VisitorSocket socket = VisitorSocket.open(house.browser().http(), address)) {
            socket.authenticate(accessToken);
            return socket.call(
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("type", "auth/sign_path")
                                    .put("path", path))
                    .path("path")
                    .asText();
        }
    }

    @Test
    void aMessageOfThirtyMegabytesComesAsHomeAssistantSentIt() throws IOException {
        house.home().addBulk(300, 100_000);
        for (boolean isCompressed : List.of(false, true)) {
            try (CountingSocket direct = CountingSocket.open(house.home().url(), isCompressed);
                    CountingSocket through = open(isCompressed)) {
                direct.authenticate(accessToken).send(STATES);
                Received expected = direct.receive();

                through.send(STATES);

                assertThat(through.receive()).isEqualTo(expected);
                assertThat(expected.bytes()).isGreaterThan(30_000_000);
            }
        }
    }

    private CountingSocket open(boolean isCompressed) throws IOException {
        return CountingSocket.open(house.at("/"), isCompressed).authenticate(accessToken);
    }

    @Test
    void theLongestMessageThatHomeAssistantTakesArrives() throws IOException {
        for (boolean isCompressed : List.of(false, true)) {
            try (CountingSocket socket = open(isCompressed)) {
                assertThat(echo(socket)).isGreaterThan(LONGEST);
            }
        }
    }

    /// Fires an event that is as long as Home Assistant takes, and hears it.
    ///
    /// @return how long the event's message was
    private static long echo(CountingSocket socket) throws IOException {
        socket.send("{\"id\":1,\"type\":\"subscribe_events\",\"event_type\":\"echo\"}");
        socket.receive();
        socket.send(
                "{\"id\":2,\"type\":\"fire_event\",\"event_type\":\"echo\",\"event_data\":"
                        + "{\"x\":\"%s\"}}".formatted(letters(LONGEST - 100)));
        long first = socket.receive().bytes();
        return Math.max(first, socket.receive().bytes());
    }

    /// Letters that do not compress to nothing.
    private static String letters(int count) {
        byte[] letters = new byte[count];
        new Random(1).nextBytes(letters);
        for (int i = 0; i < count; i++) {
            letters[i] = (byte) ('a' + (letters[i] & 0xF));
        }
        return new String(letters, StandardCharsets.US_ASCII);
    }

    @Test
    void manyAtOnceGetWhatTheyAskFor() {
        house.home().addBulk(300, 100_000);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(() -> upload(MODERATE).equals(SHA256));
            all.add(() -> sha256(get(download(MODERATE))).equals(SHA256));
        }
        for (boolean isCompressed : List.of(false, true, true)) {
            all.add(
                    () -> {
                        try (CountingSocket socket = open(isCompressed)) {
                            return echo(socket) > LONGEST;
                        }
                    });
            all.add(
                    () -> {
                        try (CountingSocket socket = open(isCompressed)) {
                            socket.send(STATES);
                            return socket.receive().bytes() > 30_000_000;
                        }
                    });
        }

        assertThat(atOnce(all)).hasSize(all.size()).containsOnly(true);
    }

    private static <T> List<T> atOnce(List<Callable<T>> all) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(all)) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// Hundreds who ask for much and take it a little at a time: what they leave must wait in Home
    /// Assistant, and nobody else waits for them.
    @Test
    void slowReadersCostNoMemoryAndHoldNobodyUp() throws IOException {
        house.home().addBulk(300, 100_000);
        List<Socket> slow = new ArrayList<>();
        List<CountingSocket> slowSockets = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                slow.add(slowDownload());
            }
            for (int i = 0; i < 4; i++) {
                slowSockets.add(open(i % 2 == 0));
                slowSockets.getLast().send(STATES);
            }
            for (int round = 0; round < 2; round++) {
                assertThat(sha256(get(download(MODERATE)))).isEqualTo(SHA256);
                for (Socket one : slow) {
                    assertThat(one.getInputStream().readNBytes(16 * 1024)).hasSize(16 * 1024);
                }
            }
            for (CountingSocket socket : slowSockets) {
                assertThat(socket.receive().bytes()).isGreaterThan(30_000_000);
            }
        } finally {
            for (Socket one : slow) {
                one.close();
            }
            for (CountingSocket socket : slowSockets) {
                socket.close();
            }
        }
    }

    private Socket slowDownload() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(house.at("/").getHost(), house.at("/").getPort()));
        socket.getOutputStream()
                .write(
                        "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                                .formatted(
                                        download(LARGE), house.at("/").getAuthority(), accessToken)
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String download(long bytes) {
        return "/api/backup/download/one?size=" + bytes;
    }

    private HttpResponse<InputStream> get(String path) {
        return send(
                HttpRequest.newBuilder(house.at(path))
                        .header("Authorization", "Bearer " + accessToken));
    }

    /// Uploads what Home Assistant itself sends for a download.
    ///
    /// @return the SHA-256 of what arrived
    private String upload(long bytes) {
        HttpResponse<InputStream> source =
                send(
                        HttpRequest.newBuilder(house.home().url().resolve(download(bytes)))
                                .header("Authorization", "Bearer " + accessToken));
        HttpResponse<InputStream> answer =
                send(
                        HttpRequest.newBuilder(house.at("/api/backup/upload"))
                                .header("Authorization", "Bearer " + accessToken)
                                .POST(
                                        BodyPublishers.fromPublisher(
                                                BodyPublishers.ofInputStream(source::body),
                                                bytes)));
        assertThat(answer.statusCode()).isEqualTo(201);
        return text(answer).replaceAll("(?s).*\"sha256\": *\"([0-9a-f]*)\".*", "$1");
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) {
        try {
            return house.browser().http().send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException problem) {
            throw new AssertionError(house.program().complained(), problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String text(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
    }

    private static String sha256(HttpResponse<InputStream> answer) {
        try (DigestInputStream body =
                new DigestInputStream(answer.body(), MessageDigest.getInstance("SHA-256"))) {
            body.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(body.getMessageDigest().digest());
        } catch (IOException problem) {
            throw new AssertionError(problem);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
