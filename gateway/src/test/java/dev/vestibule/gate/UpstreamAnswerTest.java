package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.testhouse.LoopbackPort;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;

/// Every shape that an answer of Home Assistant may have, and those that it may not.
class UpstreamAnswerTest {

    @Test
    void connectionsAreUsedAgain() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            for (int i = 0; i < 5; i++) {
                client.send(gate.request("GET", "/api/" + i));
                assertThat(client.read().body()).isEqualTo("ok");
            }

            assertThat(gate.home.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerWithoutALengthEndsWithTheConnection() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write("HTTP/1.1 200 OK\r\n\r\nuntil the end");
                    });
            client.send(gate.request("GET", "/api/a"));
            assertThat(client.read().body()).isEqualTo("until the end");
            client.send(gate.request("GET", "/api/b"));

            assertThat(client.read().body()).isEqualTo("until the end");
            assertThat(gate.home.connectionCount()).isEqualTo(2);
        }
    }

    @Test
    void anOldClientGetsTheEndOfTheConnectionInsteadOfChunks() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answers(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
            client.send(gate.request("GET", "/api/").replace("HTTP/1.1", "HTTP/1.0"));

            RawClient.Answer answer = client.read();

            assertThat(answer.head()).doesNotContainIgnoringCase("transfer-encoding");
            assertThat(answer.body()).isEqualTo("ok");
        }
    }

    @Test
    void headKeepsItsHeadersAndHasNoBody() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answers("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n");
            client.send(gate.request("HEAD", "/api/a") + gate.request("HEAD", "/api/b"));

            assertThat(client.readToHead().header("content-length")).contains("12345");
            assertThat(client.readToHead().header("content-length")).contains("12345");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void whatHasNoBodyLeavesTheConnectionOpen(String status) throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answers("HTTP/1.1 " + status + "\r\nETag: \"a\"\r\n\r\n");
            client.send(gate.request("GET", "/api/a"));
            assertThat(client.read().head()).contains(status).doesNotContain("chunked");
            client.send(gate.request("GET", "/api/b"));

            assertThat(client.read().head()).contains(status);
            assertThat(gate.home.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void interimAnswersAreNotPassedOn() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answers(
                    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                            + "HTTP/1.1 100 Continue\r\n\r\n"
                            + RecordingHome.OK);
            client.send(gate.request("GET", "/api/"));

            assertThat(client.read().body()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nraw",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nX: a\r\n folded\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok",
                "garbage\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n"
            })
    void anAnswerThatCanBeReadInTwoWaysIs502(String answer) throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write(answer);
                    });
            client.send(gate.request("GET", "/api/"));

            RawClient.Answer got = client.read();

            assertThat(got.status()).isEqualTo(502);
            assertThat(got.body()).startsWith("{\"message\":");
        }
    }

    /// Attack: an answer that nobody asked for becomes the next client's. In one piece with the
    /// first one, since what comes only after the next request left cannot be told from its answer.
    @ParameterizedTest
    @CsvSource({
        "false, HTTP/1.1 200 OK|Content-Length: 2||no, ''",
        "true, HTTP/1.1 200 OK|Content-Length: 2||no, ''",
        "false, HTTP/1.1 200 OK|Content-Length: 2|, |no",
        "true, HTTP/1.1 200 OK|Content-Length: 2|, |no",
        "false, |, ''",
    })
    void bytesBehindAnAnswerAreNobodysAnswer(boolean isPipelined, String behind, String rest)
            throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        if (count.getAndIncrement() > 0) {
                            connection.write(RecordingHome.OK);
                            connection.readHead();
                            return;
                        }
                        connection.write(RecordingHome.OK + behind.replace("|", "\r\n"));
                        connection.readHead();
                        connection.write(rest.replace("|", "\r\n"));
                    });
            String first = gate.request("GET", "/api/a");
            String second = gate.request("GET", "/api/b");
            client.send(isPipelined ? first + second : first);
            assertThat(client.read().body()).isEqualTo("ok");
            if (!isPipelined) {
                client.send(second);
            }

            assertThat(client.read().body()).isEqualTo("ok");
            assertThat(gate.home.connectionCount()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerThatIsCutShortIsSeenToBe() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
                    });
            client.send(gate.request("GET", "/api/"));
            client.readHead();

            assertThat(client.readRest()).contains("hel").doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void aConnectionThatHomeAssistantClosedIsReplacedForARead() throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write(RecordingHome.OK);
                        if (count.getAndIncrement() == 0) {
                            // Takes the next request, and closes without a word.
                            connection.readHead();
                            return;
                        }
                        connection.readHead();
                    });
            client.send(gate.request("GET", "/api/a"));
            client.read();
            client.send(gate.request("GET", "/api/b"));

            assertThat(client.read().body()).isEqualTo("ok");
            assertThat(gate.home.connectionCount()).isEqualTo(2);
        }
    }

    @Test
    void aChangeIsNeverSentTwice() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write(RecordingHome.OK);
                        connection.readHead();
                    });
            client.send(gate.request("GET", "/api/a"));
            client.read();
            client.send(gate.request("POST", "/api/change", "Content-Length: 0"));

            assertThat(client.read().status()).isEqualTo(502);
            assertThat(gate.home.received()).containsOnlyOnce("/api/change");
        }
    }

    @Test
    void aHomeAssistantThatIsAwayIs503() throws IOException {
        Setting setting = new Setting();
        setting.homePort = LoopbackPort.free();
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            client.send(gate.request("POST", "/api/x", "Content-Length: 5") + "hello");

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).contains("5");
            client.send(TestGate.anonymous("GET", "/lovelace"));
            assertThat(client.read().body()).isEqualTo("the copy");
        }
    }

    @Test
    void anAnswerThatIsCutShortIsSeenToBeByAnOldClientToo() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + "4\r\nhalf\r\n");
                    });
            client.send(gate.request("GET", "/api/old").replace("HTTP/1.1", "HTTP/1.0"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 200");
            assertThat(client.readBytes(4)).isEqualTo("half");

            assertThatThrownBy(() -> client.read(new byte[1])).isInstanceOf(SocketException.class);
        }
    }

    /// A proxy of HTTP/1.0 would keep half a download as a whole one.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerThatARestartCutsIsSeenToBeByAnOldClientToo(boolean isEncrypted)
            throws IOException {
        TestGate gate = isEncrypted ? TlsHouse.get().gate() : new TestGate();
        try (RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + "4\r\nhalf\r\n");
                        connection.readHead();
                    });
            client.send(gate.request("GET", "/api/old").replace("HTTP/1.1", "HTTP/1.0"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 200");
            assertThat(client.readBytes(4)).isEqualTo("half");

            gate.close();

            assertThatThrownBy(() -> client.read(new byte[1])).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void anAnswerThatIsWholeEndsRegularlyForAnOldClientToo() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answers(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "5\r\nwhole\r\n0\r\n\r\n");
            client.send(gate.request("GET", "/api/old").replace("HTTP/1.1", "HTTP/1.0"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 200");

            assertThat(client.readRest()).isEqualTo("whole");
        }
    }
}
