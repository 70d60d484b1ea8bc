package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.OpenWebhookConfig;
import dev.vestibule.config.OpenWebhookConfig.WebhookOrigin;
import dev.vestibule.config.RequireUpstreamConfig;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.connection.Connections.Registration;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.http.Response;
import dev.vestibule.network.Cidr;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

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
    void oneAddressCannotTakeAllConnections() throws IOException {
        Setting setting = new Setting();
        setting.connectionsOfAddress = 1;
        try (TestGate gate = new TestGate(setting);
                RawClient first = gate.connect();
                RawClient second = gate.connect()) {
            first.send(gate.request("GET", "/api/"));
            assertThat(first.read().status()).isEqualTo(200);

            second.trySend(gate.request("GET", "/api/"));
            assertThat(second.readRest()).isEmpty();
        }
    }

    @Test
    void aListedProxyBringsManyClients() throws IOException {
        Setting setting = new Setting();
        setting.connectionsOfAddress = 1;
        setting.trustedProxies = List.of(Cidr.parse("127.0.0.1").orElseThrow());
        try (TestGate gate = new TestGate(setting);
                RawClient first = gate.connect();
                RawClient second = gate.connect()) {
            for (RawClient client : List.of(first, second)) {
                client.send(gate.request("GET", "/api/", "X-Forwarded-For: 192.0.2.1"));

                assertThat(client.read().status()).isEqualTo(200);
            }
        }
    }

    /// Attack: many connections that each send most of a large head and then wait.
    @Test
    void unfinishedHeadsShareOneMemoryAndOrdinaryOnesNeedNone() throws IOException {
        Setting setting = new Setting();
        setting.heldBytes = 20_000;
        String most = "GET /api/ HTTP/1.1\r\nHost: home.example\r\nX-Pad: " + "a".repeat(20_000);
        try (TestGate gate = new TestGate(setting);
                RawClient first = gate.connect();
                RawClient second = gate.connect();
                RawClient third = gate.connect()) {
            first.send(most);
            Until.holds(() -> gate.heldBytesLeft() < 5_000);

            second.trySend(most);
            assertThat(second.readRest()).isEmpty();

            third.send(gate.request("GET", "/api/"));
            assertThat(third.read().status()).isEqualTo(200);
        }
    }

    /// Attack: a body for ourselves that comes byte by byte, each within the time for one piece.
    @Test
    void aSmallBodyHasOneDeadlineHoweverItTrickles() throws IOException {
        Setting setting = new Setting();
        Duration piece = Duration.ofMillis(600);
        Duration ample = Duration.ofSeconds(30);
        setting.deadlines = new Deadlines(ample, ample, piece, ample, piece);
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            client.send(TestGate.anonymous("POST", "/auth/token", "Content-Length: 60000"));
            Thread trickle =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int i = 0;
                                                i < 1_000 && gate.openConnections() > 0;
                                                i++) {
                                            client.trySend("a");
                                            LockSupport.parkNanos(50_000_000);
                                        }
                                    });

            assertThat(client.read().status()).isEqualTo(408);
            trickle.interrupt();
        }
    }

    @Test
    void oneGrantCannotTakeAllConnectionsToHomeAssistant() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            List<Registration> open = new ArrayList<>();
            for (int i = 0; i < Proxying.OPEN_MAX; i++) {
                open.add(gate.grant.grant().connections().register(_ -> {}));
            }
            client.send(gate.request("GET", "/api/"));
            assertThat(client.read().status()).isEqualTo(503);
            assertThat(gate.home.received()).isEmpty();

            open.getFirst().close();
            client.send(gate.request("GET", "/api/"));
            assertThat(client.read().status()).isEqualTo(200);
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

    /// Impatient from the first head on, for which there is time on a machine that is busy.
    private static Setting impatient() {
        return impatient(Duration.ofSeconds(30));
    }

    private static Setting impatient(Duration firstHead) {
        Duration shortly = Duration.ofMillis(300);
        Setting setting = new Setting();
        setting.deadlines = new Deadlines(firstHead, shortly, shortly, shortly, shortly);
        return setting;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /api/ HTTP/1.1\r\nHost: home.exam"})
    void aHeadThatDoesNotComeEndsTheConnection(String begun) throws IOException {
        try (TestGate gate = new TestGate(impatient(Duration.ofMillis(300)));
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
            assertThat(client.read().status()).isEqualTo(200);

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
            idle.send(TestGate.anonymous("GET", "/lovelace"));
            idle.read();
            assertThat(idle.readRest()).isEmpty();
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

    @ParameterizedTest
    @CsvSource({
        "GET, /api/camera_proxy_stream/camera.door?token=known",
        "GET, /local/film.mp4",
        "POST, /api/webhook/doorbell"
    })
    void oneWhomNobodyCanNameLeavesHomeAssistantToOthers(String method, String path)
            throws IOException {
        Setting setting = new Setting();
        setting.routes =
                new RoutesConfig(
                        RoutesConfig.Shell.CACHED,
                        RoutesConfig.PublicFiles.OPEN,
                        RoutesConfig.Capability.KNOWN,
                        List.of(
                                new OpenWebhookConfig(
                                        new Secret("doorbell"),
                                        Set.of("POST"),
                                        WebhookOrigin.ANYWHERE)),
                        RequireUpstreamConfig.NOTHING);
        setting.upstreamConnections = 1_000;
        setting.trustedProxies = List.of(Cidr.parse("127.0.0.0/8").orElseThrow());
        setting.capabilities = (home, kind, id, token) -> true;
        List<RawClient> watching = new ArrayList<>();
        try (TestGate gate = new TestGate(setting)) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nframe");
                        connection.readHead();
                    });
            for (int i = 0; i < Proxying.OPEN_MAX; i++) {
                RawClient one = watch(gate, method, path, "192.0.2.7");
                watching.add(one);
                assertThat(one.readHead()).startsWith("HTTP/1.1 200");
            }
            try (RawClient more = watch(gate, method, path, "192.0.2.7");
                    RawClient other = watch(gate, method, path, "192.0.2.8")) {
                assertThat(more.readHead()).startsWith("HTTP/1.1 503");
                assertThat(other.readHead()).startsWith("HTTP/1.1 200");
            }
        } finally {
            for (RawClient client : watching) {
                client.close();
            }
        }
    }

    private static RawClient watch(TestGate gate, String method, String path, String from) {
        return gate.connect().send(TestGate.anonymous(method, path, "X-Forwarded-For: " + from));
    }
}
