package dev.vestibule.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/// Ports on loopback.
final class Ports {

    private Ports() {}

    /// A port that nobody has at this moment.
    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException problem) {
            throw new BenchmarkFailed("there is no free port", problem);
        }
    }

    static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
