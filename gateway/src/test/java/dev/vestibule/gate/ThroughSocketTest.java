package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.gate.TestGate.Setting;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Websockets that pass as they are, such as those of add-ons' pages.
class ThroughSocketTest {

    private static final int ROUNDS = 50;

    private final TestGate gate = house();

    private static TestGate house() {
        Setting setting = new Setting();
        setting.relay = house -> TestRelay.of(house, () -> false);
        return new TestGate(setting);
    }

    @AfterEach
    void stop() throws IOException {
        gate.close();
    }

    private String handshake() {
        return RawSocket.handshake(
                "/api/hassio_ingress/token/ws",
                "Cookie: ingress_session=a; __Host-vestibule=" + gate.session.cookie().reveal(),
                "Origin: https://home.example");
    }

    private int registered() {
        return gate.session.session().connections().count();
    }

    /// Attack: a page that opens and leaves many, until the person can open none.
    @Test
    void whoLeavesBeforeHomeAssistantIsConnectedIsNoLongerRegistered() throws IOException {
        gate.home.answersBy(new SpeakingHome());
        byte[] handshake = handshake().getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < ROUNDS; i++) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gate.port())) {
                client.getOutputStream().write(handshake);
            }
        }

        // They are received in their order: none waits in front of the door any more.
        try (RawClient last = gate.connect()) {
            last.send(TestGate.anonymous("GET", "/auth/authorize"));
            assertThat(last.read().status()).isEqualTo(200);
        }
        Until.holds(() -> gate.openConnections() == 0 && registered() == 0);
        try (RawClient client = gate.connect()) {
            client.send(handshake());
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(registered()).isEqualTo(1);
        }
        Until.holds(() -> registered() == 0);
    }

    @Test
    void onlyTheSocketsOfAddOnsCarryTheirSession() throws IOException {
        gate.home.answersBy(new SpeakingHome());
        try (RawClient client = gate.connect()) {
            client.send(handshake());
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
        }
        assertThat(gate.home.received()).contains("ingress_session=a");
        try (RawClient client = gate.connect()) {
            client.send(
                    RawSocket.handshake(
                            "/api/webrtc/ws",
                            "Authorization: Bearer access-ada",
                            "Cookie: ingress_session=unjudged; other=b"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
        }

        assertThat(gate.home.received()).contains("other=b").doesNotContain("unjudged");
    }

    @Test
    void framesThatComeWithTheHandshakeArrive() throws IOException {
        gate.home.answersBy(new SpeakingHome());
        try (RawClient client = gate.connect()) {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(handshake().getBytes(StandardCharsets.US_ASCII));
            both.writeBytes(RawSocket.frame(0x81, "early"));
            client.send(both.toByteArray());
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            client.send(RawSocket.frame(0x81, "late"));

            Until.holds(() -> gate.home.received().endsWith("late"));
            assertThat(gate.home.received()).contains("early");
        }
    }

    @Test
    @Timeout(60)
    void whatAClientSaidBeforeItLeftArrives() throws IOException {
        CountDownLatch isGone = new CountDownLatch(1);
        AtomicLong arrived = new AtomicLong();
        gate.home.answersBy(
                connection -> {
                    connection.write(SpeakingHome.opening(connection.readHead()));
                    awaitQuietly(isGone);
                    byte[] buffer = new byte[4096];
                    for (int n = connection.skip(buffer); n > 0; n = connection.skip(buffer)) {
                        arrived.addAndGet(n);
                    }
                });
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), gate.port());
        long said;
        try (SocketChannel client = SocketChannel.open(address)) {
            client.write(ByteBuffer.wrap(handshake().getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            while (!new String(answer.array(), StandardCharsets.US_ASCII).contains("\r\n\r\n")) {
                assertThat(client.read(answer)).isPositive();
            }
            said = sayAllThatFits(client);
        }
        isGone.countDown();

        Until.holds(() -> arrived.get() == said);
    }

    /// Until no buffer on the way takes any more.
    private static long sayAllThatFits(SocketChannel client) throws IOException {
        client.configureBlocking(false);
        AtomicLong said = new AtomicLong();
        long before;
        do {
            before = said.get();
            ByteBuffer words = ByteBuffer.allocate(64 * 1024);
            for (int n = client.write(words); n > 0; n = client.write(words.clear())) {
                said.addAndGet(n);
            }
            Stillness.of(said);
        } while (said.get() > before);
        return said.get();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
