package dev.vestibule.testhouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

class LoopbackPortTest {

    @Test
    void portsLieBelowThoseOfOutgoingConnectionsAndDiffer() {
        assertThat(IntStream.range(0, 300).map(_ -> LoopbackPort.free()))
                .allMatch(port -> port > 1023 && port < 32_768)
                .doesNotHaveDuplicates();
    }

    @Test
    void aPortThatSomebodyListensOnIsNotFree() throws Exception {
        int port = LoopbackPort.free();
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(LoopbackPort.isFree(port)).isFalse();
        }
        assertThat(LoopbackPort.isFree(port)).isTrue();
    }
}
