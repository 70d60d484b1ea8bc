package dev.vestibule.gate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A websocket client that sends just the frames that a test gives it. Its mask is zero, so that
/// what it sends can be read on the wire.
final class RawSocket implements AutoCloseable {

    private final RawClient client;

    /// @param more header lines of the handshake
    static RawSocket open(TestGate gate, String path, String... more) throws IOException {
        RawClient client = gate.connect();
        client.send(handshake(path, more));
        String answer = client.readHead();
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            client.close();
            throw new IOException("no websocket: " + answer);
        }
        return new RawSocket(client);
    }

    static String handshake(String path, String... more) {
        return TestGate.anonymous(
                "GET",
                path,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                String.join("\r\n", more.length == 0 ? new String[] {"X-None: none"} : more));
    }

    private RawSocket(RawClient client) {
        this.client = client;
    }

    /// A frame that was received; after the end of the connection its opcode is -1.
    record Frame(int opcode, String payload) {

        /// The code of a close frame.
        int closeCode() {
            return payload.length() < 2 ? -1 : payload.charAt(0) << 8 | payload.charAt(1);
        }
    }

    RawSocket send(int firstByte, String payload) {
        client.trySend(new String(frame(firstByte, payload), StandardCharsets.ISO_8859_1));
        return this;
    }

    RawSocket text(String message) {
        return send(0x81, message);
    }

    static byte[] frame(int firstByte, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(firstByte);
        if (bytes.length < 126) {
            frame.write(0x80 | bytes.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(bytes.length >> 8);
            frame.write(bytes.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(bytes);
        return frame.toByteArray();
    }

    Frame read() throws IOException {
        String head = client.readBytes(2);
        if (head.length() < 2) {
            return new Frame(-1, "");
        }
        int length = head.charAt(1) & 0x7F;
        if (length == 126) {
            String longer = client.readBytes(2);
            length = longer.charAt(0) << 8 | longer.charAt(1);
        }
        return new Frame(head.charAt(0) & 0x0F, client.readBytes(length));
    }

    /// Reads up to the close frame and gives its code; -1 where the connection ends without one.
    int readToClose() throws IOException {
        for (Frame frame = read(); frame.opcode() >= 0; frame = read()) {
            if (frame.opcode() == 8) {
                return frame.closeCode();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
