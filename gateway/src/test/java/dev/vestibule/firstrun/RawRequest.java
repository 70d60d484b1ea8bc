package dev.vestibule.firstrun;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// A request whose every byte the test chose, and all that came back.
record RawRequest(String head, String body) {

    static RawRequest get(String path, String... headers) {
        return new RawRequest(head("GET " + path, headers), "");
    }

    static RawRequest post(String path, String body, String... headers) {
        return new RawRequest(
                head("POST " + path, headers)
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + body.length()
                        + "\r\n",
                body);
    }

    private static String head(String line, String... headers) {
        StringBuilder head = new StringBuilder(line + " HTTP/1.1\r\n");
        List.of(headers).forEach(header -> head.append(header).append("\r\n"));
        return head.toString();
    }

    /// @return headers in lower case, then the body
    String sendTo(int port) throws IOException {
        try (Sent sent = beginAt(port)) {
            return sent.answer();
        }
    }

    /// Sends it, and waits for nothing.
    Sent beginAt(int port) throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write((head + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
        return new Sent(socket);
    }

    /// A request that is under way.
    record Sent(Socket socket) implements AutoCloseable {

        /// As of [RawRequest#sendTo].
        String answer() throws IOException {
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return answer.substring(0, end).toLowerCase(Locale.ROOT) + answer.substring(end);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
