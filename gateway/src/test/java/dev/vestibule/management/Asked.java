package dev.vestibule.management;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// What is heard on a connection on which something was said, until the other side ends it, kindly
/// or not.
///
/// @param text head and body
record Asked(String text) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Asked of(int port, String said) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
            return new Asked(
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (SocketException turnedAway) {
            return new Asked("");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    static Asked get(int port, String path, String... headers) {
        return of(port, request("GET", path, headers));
    }

    static String request(String method, String path, String... headers) {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
    }

    /// 0 where nothing was answered.
    int status() {
        return text.isEmpty() ? 0 : Integer.parseInt(text.substring(9, 12));
    }

    String body() {
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
}
