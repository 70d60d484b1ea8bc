package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.connection.Cut;
import dev.vestibule.gate.TestGate.Setting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// F5 to F7 on the wire: somebody who is in, and what they may not do through the websocket.
class SocketAttackTest {

    private static final String AUTH = "{\"type\":\"auth\",\"access_token\":\"access-ada\"}";

    private final SpeakingHome home = new SpeakingHome();

    private TestGate house() {
        return house(gate -> () -> false);
    }

    /// @param namesClient is asked when everything is decided and nothing has been sent
    private TestGate house(Function<TestGate, BooleanSupplier> namesClient) {
        Setting setting = new Setting();
        setting.relay = gate -> TestRelay.of(gate, namesClient.apply(gate));
        TestGate gate = new TestGate(setting);
        gate.home.answersBy(home);
        return gate;
    }

    private static RawSocket enter(TestGate gate) throws IOException {
        RawSocket socket = RawSocket.open(gate, "/api/websocket");
        assertThat(socket.read().payload()).contains("auth_required");
        socket.text(AUTH);
        assertThat(socket.read().payload()).contains("auth_ok");
        return socket;
    }

    @Test
    void whatTheTableRefusesNeverLeaves() throws IOException {
        try (TestGate gate = house();
                RawSocket socket = enter(gate)) {
            socket.text("[{\"id\":1,\"type\":\"webhook/list\"},{\"id\":2,\"type\":\"ping\"}]");

            assertThat(socket.read().payload()).contains("\"id\":1", "unauthorized");
            Until.holds(() -> home.messages.size() == 2);
            assertThat(home.messages).last().isEqualTo("1:[{\"id\":2,\"type\":\"ping\"}]");
        }
    }

    /// Attacks: among others, and in another spelling.
    @Test
    void whatIsCarriedOutHereNeverLeaves() throws IOException {
        try (TestGate gate = house();
                RawSocket socket = enter(gate)) {
            socket.text(
                    "[{\"id\":1,\"type\":\"auth/long_lived_access_token\"},"
                            + "{\"id\":2,\"type\":\"auth\\/delete_refresh\\u005ftoken\"},"
                            + "{\"id\":3,\"type\":\"ping\"}]");

            assertThat(socket.read().payload()).contains("\"id\":1", "not_allowed");
            assertThat(socket.read().payload()).contains("\"id\":2", "not_allowed");
            Until.holds(() -> home.messages.size() == 2);
            assertThat(home.messages).last().isEqualTo("1:[{\"id\":3,\"type\":\"ping\"}]");
        }
    }

    @Test
    void nothingPassesBehindACloseFrame() throws IOException {
        try (TestGate gate = house();
                RawSocket socket = enter(gate)) {
            socket.send(0x88, "\u0003");
            socket.text("{\"id\":9,\"type\":\"call_service\"}");
            socket.send(0x89, "last");
            try (RawSocket other = enter(gate)) {
                other.text("{\"id\":1,\"type\":\"ping\"}");
                Until.holds(() -> home.messages.stream().anyMatch(m -> m.contains("ping")));
            }

            assertThat(home.messages).noneMatch(message -> message.contains("call_service"));
        }
    }

    @Test
    void aMessageThatCouldBeTwoEndsTheSocket() throws IOException {
        try (TestGate gate = house();
                RawSocket socket = enter(gate)) {
            socket.text("{\"id\":1,\"type\":\"ping\",\"type\":\"webhook/list\"}");

            assertThat(socket.readToClose()).isEqualTo(1007);
            assertThat(home.messages).noneMatch(message -> message.contains("webhook"));
        }
    }

    @Test
    void anEndThatComesWhileTheSocketIsOpenedLeavesNoByteAtHomeAssistant() throws IOException {
        TestGate gate =
                house(
                        house ->
                                () -> {
                                    house.grant.grant().connections().end(Cut.SUSPENDED);
                                    return false;
                                });
        try (gate;
                RawSocket socket = RawSocket.open(gate, "/api/websocket")) {
            socket.read();
            socket.text(AUTH);

            assertThat(socket.read().payload()).contains("auth_invalid");
            assertThat(socket.readToClose()).isEqualTo(1008);
            Until.holds(() -> home.ended.get() == 1);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void anEndIsSaidAndClosesTheSocketWith1008() throws IOException {
        try (TestGate gate = house();
                RawSocket socket = enter(gate)) {
            gate.grant.grant().connections().end(Cut.SUSPENDED);

            assertThat(socket.read().payload()).contains("auth_invalid");
            assertThat(socket.readToClose()).isEqualTo(1008);
        }
    }

    /// C6: a refused upgrade is no tunnel, whatever follows it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n\r\n"
            })
    void aTunnelOpensOnTheRightAnswerOnly(String answer) throws IOException {
        try (TestGate gate = house()) {
            gate.home.answers(answer + "\u0081\u0006tunnel");
            try (RawSocket socket = RawSocket.open(gate, "/api/websocket")) {
                socket.read();
                socket.text(AUTH);

                assertThat(socket.readToClose()).isEqualTo(1013);
            }
            try (RawClient client = gate.connect()) {
                client.send(
                        RawSocket.handshake(
                                "/api/hassio_ingress/token/ws",
                                "Cookie: ingress_session=a; __Host-vestibule="
                                        + gate.session.cookie().reveal(),
                                "Origin: https://home.example"));

                assertThat(client.readRest()).startsWith("HTTP/1.1 502 ").doesNotContain("tunnel");
            }
        }
    }

    @Test
    void aPersonHasSoManySocketsAndNoMore() throws IOException {
        try (TestGate gate = house();
                RawSocket first = enter(gate);
                RawSocket second = enter(gate);
                RawSocket third = RawSocket.open(gate, "/api/websocket")) {
            third.read();
            third.text(AUTH);

            assertThat(third.readToClose()).isEqualTo(1013);
            for (RawSocket open : new RawSocket[] {first, second}) {
                open.text("{\"id\":1,\"type\":\"webhook/list\"}");
                assertThat(open.read().payload()).contains("unauthorized");
            }
        }
    }

    @Test
    void anAddOnsSocketsAreCountedToo() throws IOException {
        String cookies;
        try (TestGate gate = house()) {
            cookies =
                    "Cookie: ingress_session=a; __Host-vestibule=" + gate.session.cookie().reveal();
            gate.session.session().connections().register(_ -> {});
            gate.session.session().connections().register(_ -> {});
            try (RawClient client = gate.connect()) {
                client.send(
                        RawSocket.handshake(
                                "/api/hassio_ingress/token/ws",
                                cookies,
                                "Origin: https://home.example"));

                assertThat(client.read().status()).isEqualTo(503);
                assertThat(gate.home.received()).isEmpty();
            }
        }
    }

    /// Attack: an ordinary person fills the memory with answers to their own commands.
    @Test
    void whoReadsNoAnswersToCommandsThatAreCarriedOutHereIsCutOff() throws IOException {
        String command = "{\"id\":1,\"type\":\"auth/delete_refresh_token\"}";
        String message = "[" + (command + ",").repeat(99) + command + "]";
        try (TestGate gate = house();
                RawSocket socket = enter(gate)) {
            for (int i = 0; i < 3_000; i++) {
                socket.text(message);
            }

            Until.holds(() -> gate.openConnections() == 0);
        }
    }
}
