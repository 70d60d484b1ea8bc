package dev.vestibule.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Reads and writes single lines over a socket, each within a length and a time: whoever is silent
/// or endless is given up. Used by one thread; closes the socket.
final class LineChannel implements AutoCloseable {

    private static final int BUFFER_BYTES = 8192;

    private final SocketChannel channel;
    private final Selector selector;

    LineChannel(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        channel.configureBlocking(false);
    }

    /// Reads up to the first line end.
    ///
    /// @return empty where the other side ends, stays silent, writes more, or no UTF-8
    Optional<String> read(int bytesMax, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (isReady(SelectionKey.OP_READ, deadline)) {
            if (channel.read(buffer) < 0) {
                return Optional.empty();
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next == '\n') {
                    return decode(line);
                }
                line.write(next);
            }
            buffer.clear();
            if (line.size() > bytesMax) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<String> decode(ByteArrayOutputStream line) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(line.toByteArray()))
                            .toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    /// @return whether the whole line left in time
    boolean write(String line, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
        while (bytes.hasRemaining()) {
            if (!isReady(SelectionKey.OP_WRITE, deadline)) {
                return false;
            }
            channel.write(bytes);
        }
        return true;
    }

    private boolean isReady(int operation, long deadline) throws IOException {
        channel.register(selector, operation);
        long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (millis <= 0) {
            return false;
        }
        boolean isReady = selector.select(millis) > 0;
        selector.selectedKeys().clear();
        return isReady;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
