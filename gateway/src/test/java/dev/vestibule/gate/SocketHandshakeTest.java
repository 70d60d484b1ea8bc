package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.policy.BrowserId;
import dev.vestibule.policy.Caller;
import dev.vestibule.proxy.SocketRequest;
import dev.vestibule.proxy.SocketRequest.SocketKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

class SocketHandshakeTest {

    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final String[] GOOD = {
        "Connection: keep-alive, Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", KEY
    };
    private static final String INGRESS = "/api/hassio_ingress/token/ws";

    @Test
    void aGoodHandshakeIsLeftToTheRelay() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            client.send(TestGate.anonymous("GET", "/api/websocket", GOOD));
            Until.holds(() -> !gate.sockets.isEmpty());

            assertThat(gate.sockets.getFirst().kind()).isInstanceOf(SocketKind.HomeAssistant.class);
            assertThat(gate.sockets.getFirst().answerHeaders().get("set-cookie"))
                    .contains(gate.sockets.getFirst().browser().value());
            assertThat(gate.home.received()).isEmpty();
        }
    }

    /// Attack: a page elsewhere signs the browser of its reader in as its author.
    @Test
    void aForeignPagesSocketSaysNothingAboutTheBrowser() throws IOException {
        try (TestGate gate = new TestGate()) {
            BrowserId browser = gate.browsers.create();
            for (String origin :
                    new String[] {"https://cast.home-assistant.io", "https://home.example"}) {
                try (RawClient client = gate.connect()) {
                    client.send(
                            TestGate.anonymous(
                                    "GET",
                                    "/api/websocket",
                                    "Origin: " + origin,
                                    "Cookie: __Host-vestibule-browser=" + browser.value(),
                                    String.join("\r\n", GOOD)));
                    Until.holds(() -> gate.sockets.stream().anyMatch(s -> isOf(s, origin)));
                }
            }

            assertThat(gate.sockets.getFirst().browser()).isNotEqualTo(browser);
            assertThat(gate.sockets.getFirst().answerHeaders().get("set-cookie")).isNull();
            assertThat(gate.sockets.getLast().browser()).isEqualTo(browser);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connection: close|Upgrade: websocket|Sec-WebSocket-Version: 13|400",
                "Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 12|426",
                "Connection: Upgrade|Upgrade: h2c|Sec-WebSocket-Version: 13|400",
                "Connection: Upgrade|Content-Length: 5|Sec-WebSocket-Version: 13|400"
            })
    void aBadHandshakeIsRefused(String one, String two, String three, int status)
            throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            client.send(TestGate.anonymous("GET", "/api/websocket", one, two, three, KEY));

            assertThat(client.read().status()).isEqualTo(status);
            assertThat(gate.sockets).isEmpty();
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void aShortKeyIsRefused() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            client.send(
                    TestGate.anonymous(
                            "GET",
                            "/api/websocket",
                            GOOD[0],
                            GOOD[1],
                            GOOD[2],
                            "Sec-WebSocket-Key: c2hvcnQ="));

            assertThat(client.read().status()).isEqualTo(400);
        }
    }

    @Test
    void anAddOnsSocketIsForItsOwnPageOnly() throws IOException {
        try (TestGate gate = new TestGate()) {
            String cookies =
                    "Cookie: ingress_session=a; __Host-vestibule=" + gate.session.cookie().reveal();
            for (String origin :
                    new String[] {"X-None: none", "Origin: null", "Origin: https://evil.example"}) {
                try (RawClient client = gate.connect()) {
                    client.send(
                            TestGate.anonymous(
                                    "GET", INGRESS, cookies, origin, String.join("\r\n", GOOD)));

                    assertThat(client.read().status()).as(origin).isEqualTo(403);
                }
            }
            assertThat(gate.sockets).isEmpty();
            try (RawClient client = gate.connect()) {
                client.send(
                        TestGate.anonymous(
                                "GET",
                                INGRESS,
                                cookies,
                                "Origin: https://home.example",
                                String.join("\r\n", GOOD)));
                Until.holds(() -> !gate.sockets.isEmpty());
            }

            assertThat(gate.sockets.getFirst().kind())
                    .isInstanceOfSatisfying(
                            SocketKind.Through.class,
                            through ->
                                    assertThat(through.caller())
                                            .isInstanceOf(Caller.Browser.class));
            assertThat(gate.home.received()).isEmpty();
        }
    }

    private static boolean isOf(SocketRequest request, String origin) {
        return origin.equals(request.head().headers().get("origin"));
    }
}
