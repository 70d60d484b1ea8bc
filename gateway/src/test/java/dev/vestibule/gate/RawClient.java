package dev.vestibule.gate;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A client that sends just the bytes that a test gives it.
final class RawClient implements AutoCloseable {

    private static final int WAIT_MILLIS_MAX = 20_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) {
        this(connect(port));
    }

    /// Speaks TLS. The handshake is done with the first byte.
    RawClient(int port, SSLContext tls, String... protocols) {
        this(encrypt(connect(port), port, tls, protocols));
    }

    private RawClient(Socket socket) {
        this.socket = socket;
        try {
            socket.setSoTimeout(WAIT_MILLIS_MAX);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static Socket connect(int port) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static SSLSocket encrypt(Socket plain, int port, SSLContext tls, String... protocols) {
        try {
            SSLSocket socket =
                    (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", port, true);
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            return socket;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// For a client that speaks TLS.
    SSLSocket tls() {
        return (SSLSocket) socket;
    }

    /// An answer with its body taken out of its framing.
    record Answer(int status, String head, String body) {

        Optional<String> header(String name) {
            String start = "\r\n" + name.toLowerCase(Locale.ROOT) + ":";
            String lower = head.toLowerCase(Locale.ROOT);
            int at = lower.indexOf(start);
            return at < 0
                    ? Optional.empty()
                    : Optional.of(
                            head.substring(
                                            at + start.length(),
                                            head.indexOf("\r\n", at + start.length()))
                                    .strip());
        }
    }

    RawClient send(String bytes) {
        return send(bytes.getBytes(StandardCharsets.UTF_8));
    }

    RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Like [#send], for bytes that may be refused while they are under way.
    RawClient trySend(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException refused) {
            return this;
        }
    }

    /// Closes the sending half.
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return head.toString();
            }
            head.append((char) b);
        }
        return head.toString();
    }

    Answer read() throws IOException {
        return read(false);
    }

    Answer readToHead() throws IOException {
        return read(true);
    }

    private Answer read(boolean isHead) throws IOException {
        String head = readHead();
        if (head.isEmpty()) {
            return new Answer(0, "", "");
        }
        int status = Integer.parseInt(head.substring(9, 12));
        Answer answer = new Answer(status, head, "");
        if (isHead || status == 204 || status == 304 || status < 200) {
            return answer;
        }
        if (answer.header("transfer-encoding").isPresent()) {
            return new Answer(status, head, readChunks());
        }
        Optional<String> length = answer.header("content-length");
        return new Answer(
                status,
                head,
                length.isPresent() ? readBytes(Integer.parseInt(length.get())) : readRest());
    }

    private String readChunks() throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            int size = Integer.parseInt(readLine(), 16);
            String chunk = readBytes(size);
            readLine();
            if (size == 0) {
                return body.toString();
            }
            body.append(chunk);
        }
    }

    String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }

    String readBytes(int count) throws IOException {
        return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    int read(byte[] buffer) throws IOException {
        return in.read(buffer);
    }

    /// Everything up to the end of the connection, a reset included.
    String readRest() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            in.transferTo(rest);
        } catch (SocketTimeoutException stillOpen) {
            throw new UncheckedIOException("the connection stays open", stillOpen);
        } catch (IOException reset) {
            return rest.toString(StandardCharsets.ISO_8859_1);
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
