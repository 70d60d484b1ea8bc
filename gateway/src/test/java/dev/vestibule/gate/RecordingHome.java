package dev.vestibule.gate;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands where Home Assistant stands, remembers every byte that arrives, and answers as a test
/// says. A connection is served by one virtual thread.
final class RecordingHome implements AutoCloseable {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final ServerSocket port = open();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Script script = RecordingHome::answerEachRequest;

    /// What one connection does.
    @FunctionalInterface
    interface Script {
        void serve(Connection connection) throws IOException;
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    static RecordingHome start() {
        RecordingHome home = new RecordingHome();
        Thread.ofVirtual().start(home::accept);
        return home;
    }

    void answersBy(Script newScript) {
        script = newScript;
    }

    /// Answers every request with these bytes.
    void answers(String answer) {
        answersBy(
                connection -> {
                    while (!connection.readHead().isEmpty()) {
                        connection.write(answer);
                    }
                });
    }

    int port() {
        return port.getLocalPort();
    }

    int connectionCount() {
        return accepted.get();
    }

    String received() {
        synchronized (received) {
            return received.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                Socket socket = port.accept();
                accepted.incrementAndGet();
                connections.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.serve(new Connection(socket));
        } catch (IOException gone) {
            // The other side went, which tests look at from there.
            return;
        }
    }

    private static void answerEachRequest(Connection connection) throws IOException {
        for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
            connection.readBody(head);
            connection.write(OK);
        }
    }

    /// One connection, as the script sees it.
    final class Connection {
        private final InputStream in;
        private final OutputStream out;

        private Connection(Socket socket) throws IOException {
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        int read() throws IOException {
            int b = in.read();
            if (b >= 0) {
                synchronized (received) {
                    received.write(b);
                }
            }
            return b;
        }

        /// A head with its empty line; empty text at the end of the connection.
        String readHead() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int b = read();
                if (b < 0) {
                    return "";
                }
                head.append((char) b);
            }
            return head.toString();
        }

        /// The body that the head announces, without its framing.
        String readBody(String head) throws IOException {
            if (head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
                StringBuilder body = new StringBuilder();
                for (String chunk = readChunk(); !chunk.isEmpty(); chunk = readChunk()) {
                    body.append(chunk);
                }
                return body.toString();
            }
            int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
            return at < 0
                    ? ""
                    : readBytes(
                            Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at))));
        }

        private String readChunk() throws IOException {
            StringBuilder size = new StringBuilder();
            while (size.indexOf("\r\n") < 0) {
                size.append(must());
            }
            String chunk = readBytes(Integer.parseInt(size.substring(0, size.length() - 2), 16));
            readBytes(2);
            return chunk;
        }

        private char must() throws IOException {
            int b = read();
            if (b < 0) {
                throw new EOFException("the gateway closed in the middle of a message");
            }
            return (char) b;
        }

        private String readBytes(int count) throws IOException {
            StringBuilder bytes = new StringBuilder();
            for (int i = 0; i < count; i++) {
                bytes.append(must());
            }
            return bytes.toString();
        }

        /// Reads without keeping, for bodies that are too large to keep.
        int skip(byte[] buffer) throws IOException {
            return in.read(buffer);
        }

        void write(String bytes) throws IOException {
            write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        }

        void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        port.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
