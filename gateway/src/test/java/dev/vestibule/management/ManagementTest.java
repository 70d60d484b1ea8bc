package dev.vestibule.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.config.ListenAddress;
import dev.vestibule.proxy.EventLoops;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

final class ManagementTest {

    private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);

    private final EventLoops loops = new EventLoops(1);
    private final List<Management> open = new ArrayList<>();
    private final Desk desk =
            new Desk(
                    Map.of(
                            "/health",
                            () -> Answer.text(200, "ok"),
                            "/broken",
                            () -> {
                                throw new IllegalStateException("a bug");
                            }));

    private int open(Desk answers, Limits limits) {
        return open(ANY_PORT, answers, limits);
    }

    private int open(ListenAddress at, Desk answers, Limits limits) {
        Management management = Management.open(loops, at, answers, limits);
        open.add(management);
        return management.port();
    }

    private int open() {
        return open(desk, Limits.DEFAULT);
    }

    @AfterEach
    void close() {
        open.forEach(Management::close);
        loops.close();
    }

    @Test
    void answersOneQuestionAndEndsTheConnection() {
        Asked answer = Asked.get(open(), "/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok\n");
        assertThat(answer.text())
                .containsIgnoringCase("connection: close")
                .containsIgnoringCase("cache-control: no-store");
    }

    @Test
    void saysNothingButTheHeadToHead() {
        Asked answer = Asked.of(open(), Asked.request("HEAD", "/health"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).containsIgnoringCase("content-length: 3");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/health/",
                "/health?verbose",
                "/Health",
                "//health",
                "/./health",
                "/x/../health",
                "/%68ealth",
                "/health%00",
                "/health;x",
                "http://localhost/health",
                "/api/",
                "/auth/token",
                "/actuator/env",
                "/debug/pprof/"
            })
    void hasNothingAtAnyOtherPath(String path) {
        assertThat(Asked.get(open(), path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "STRANGE"})
    void answersNoOtherMethod(String method) {
        Asked answer = Asked.of(open(), Asked.request(method, "/health"));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.text()).containsIgnoringCase("allow: GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GoogleHC/1.0",
                "kube-probe/1.30",
                "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
            })
    void whoAsksMakesNoDifference(String agent) {
        int port = open();

        assertThat(Asked.get(port, "/health", "User-Agent: " + agent).status()).isEqualTo(200);
        assertThat(Asked.get(port, "/other", "User-Agent: " + agent).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nno header\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void refusesWhatIsMoreThanAQuestion(String said) {
        assertThat(Asked.of(open(), said).status()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void refusesALongLineAndManyHeaders() {
        int port = open();

        assertThat(Asked.get(port, "/" + "a".repeat(300)).status()).isEqualTo(400);
        assertThat(Asked.get(port, "/health", "X-Long: " + "a".repeat(9_000)).status())
                .isEqualTo(400);
    }

    /// Attack: a page in a browser of this machine, whose name now points at 127.0.0.1.
    @Test
    void answersOnThisMachineOnlyToWhoeverNamesThisMachine() {
        int port = open();

        assertThat(askedAs(port, "evil.example:" + port).status()).isEqualTo(421);
        assertThat(askedAs(port, "localhost.evil.example").status()).isEqualTo(421);
        assertThat(askedAs(port, "").status()).isEqualTo(421);
        assertThat(askedAs(port, "LOCALHOST:" + port).status()).isEqualTo(200);
        assertThat(askedAs(port, "127.0.0.1:" + port).status()).isEqualTo(200);
        assertThat(askedAs(port, "[::1]:" + port).status()).isEqualTo(200);
    }

    /// Attack: a page in a browser of the house, whose name now points at this machine.
    @Test
    void answersOtherMachinesToNoNameThatAPageCanHave() {
        int port = open(new ListenAddress("0.0.0.0", 0), desk, Limits.DEFAULT);

        for (String evil :
                List.of(
                        "evil.example:" + port,
                        "evil.example",
                        "evil.example.",
                        "a.local.evil.example",
                        "evillocal.example",
                        "evil.notinternal",
                        "evil.lan.example")) {
            assertThat(askedAs(port, evil).status()).as(evil).isEqualTo(421);
        }
        for (String plain :
                List.of(
                        "vestibule:" + port,
                        "VESTIBULE",
                        "192.168.1.5:" + port,
                        "[fd12::5]:" + port,
                        "localhost",
                        "vestibule.monitoring.svc.cluster.local:" + port,
                        "nas.home.arpa",
                        "nas.lan:" + port,
                        "")) {
            assertThat(askedAs(port, plain).status()).as(plain).isEqualTo(200);
        }
    }

    @Test
    void aRequestThatNamesTwoHostsIsForNeither() {
        int port = open(new ListenAddress("0.0.0.0", 0), desk, Limits.DEFAULT);

        assertThat(askedAs(port, "localhost\r\nHost: evil.example").status()).isEqualTo(421);
    }

    private static Asked askedAs(int port, String host) {
        return Asked.of(port, "GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    @Test
    void aBugIsAnAnswerWithoutItsText() {
        Asked answer = Asked.get(open(), "/broken");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).doesNotContain("a bug").doesNotContain("Exception");
    }

    /// Attack: a byte now and then.
    @Test
    void aConnectionOnWhichNothingIsAskedEnds() throws IOException {
        int port = open(desk, new Limits(32, 256, 8_192, Duration.ofMillis(200)));

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("GET /he".getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    /// Attack: more connections than there is room for, each of which waits.
    @Test
    void oneConnectionTooManyIsTurnedAwayAndTheOthersAreAnswered() throws IOException {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(2);
        Desk slow =
                new Desk(
                        Map.of(
                                "/slow",
                                () -> {
                                    asked.countDown();
                                    await(goOn);
                                    return Answer.text(200, "late");
                                }));
        int port = open(slow, new Limits(2, 256, 8_192, Duration.ofSeconds(60)));
        try (Socket one = ask(port);
                Socket two = ask(port)) {
            await(asked);

            assertThat(Asked.get(port, "/slow").status()).isZero();

            goOn.countDown();
            assertThat(one.getInputStream().readAllBytes()).isNotEmpty();
            assertThat(two.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    private static Socket ask(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(Asked.request("GET", "/slow").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        int port = open();

        assertThatThrownBy(() -> Management.open(loops, new ListenAddress("127.0.0.1", port), desk))
                .isInstanceOf(ManagementUnavailable.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }
}
