package dev.vestibule.homeassistant;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.secret.Secret;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Something at Home Assistant's address that answers byte by byte as a test says: what no Home
/// Assistant would do, and a broken network, a wrong address or an attacker does.
final class RawHome implements AutoCloseable {

    private final ServerSocket listener;
    private final Behaviour behaviour;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    RawHome(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /// What happens on a connection after the head of its request was read.
    interface Behaviour {
        void serve(String head, Wire wire) throws IOException;
    }

    HomeAssistantConfig config() {
        return new HomeAssistantConfig(
                URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/"),
                new Secret("administrator"),
                List.of());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            behaviour.serve(readHead(in), new Wire(in, socket.getOutputStream()));
        } catch (IOException gone) {
            // The other side went away, which is what some tests are about.
            open.remove(socket);
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed within the head");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// One connection, from the server's side.
    record Wire(InputStream in, OutputStream out) {

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void answer(String statusAndHeaders, String body) throws IOException {
            write(
                    "HTTP/1.1 "
                            + statusAndHeaders
                            + "\r\nContent-Length: "
                            + body.getBytes(StandardCharsets.UTF_8).length
                            + "\r\n\r\n"
                            + body);
        }

        /// RFC 6455 section 4.2.2.
        void acceptSocket(String head) throws IOException {
            String key =
                    head.lines()
                            .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
                            .map(line -> line.substring("Sec-WebSocket-Key: ".length()))
                            .findFirst()
                            .orElseThrow(() -> new IOException("no upgrade"));
            write(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                            + proof(key)
                            + "\r\n\r\n");
        }

        private static String proof(String key) {
            try {
                return Base64.getEncoder()
                        .encodeToString(
                                MessageDigest.getInstance("SHA-1")
                                        .digest(
                                                (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                                        .getBytes(StandardCharsets.US_ASCII)));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every JDK has SHA-1", impossible);
            }
        }

        /// One unmasked text frame of less than 64 KiB (RFC 6455 section 5.2).
        void send(String text) throws IOException {
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            out.write(0x81);
            if (payload.length < 126) {
                out.write(payload.length);
            } else {
                out.write(126);
                out.write(ByteBuffer.allocate(2).putShort((short) payload.length).array());
            }
            out.write(payload);
            out.flush();
        }

        /// Walks the opening exchange as Home Assistant does.
        void greet(String head) throws IOException {
            acceptSocket(head);
            send("{\"type\":\"auth_required\",\"ha_version\":\"2024.1.0\"}");
            readFrame();
            send("{\"type\":\"auth_ok\",\"ha_version\":\"2024.1.0\"}");
        }

        /// The text of one masked frame of the gateway's.
        String readFrame() throws IOException {
            in.readNBytes(1);
            int length = in.read() & 0x7F;
            if (length == 126) {
                length = ByteBuffer.wrap(in.readNBytes(2)).getShort() & 0xFFFF;
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            return new String(payload, StandardCharsets.UTF_8);
        }

        /// Keeps the connection open until the other side closes it.
        void linger() throws IOException {
            while (in.read() >= 0) {
                // Nothing that comes is of interest.
            }
        }
    }
}
