package dev.vestibule.gate;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Home Assistant's side of a websocket: greets, takes any token, and remembers every message, its
/// mask taken off.
final class SpeakingHome implements RecordingHome.Script {

    private static final String SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    final List<String> messages = new CopyOnWriteArrayList<>();

    /// How many connections have ended.
    final AtomicInteger ended = new AtomicInteger();

    @Override
    public void serve(RecordingHome.Connection connection) throws IOException {
        try {
            speak(connection);
        } finally {
            ended.incrementAndGet();
        }
    }

    private void speak(RecordingHome.Connection connection) throws IOException {
        String head = connection.readHead();
        if (head.isEmpty()) {
            return;
        }
        connection.write(opening(head));
        say(connection, "{\"type\":\"auth_required\"}");
        messages.add(String.valueOf(message(connection)));
        say(connection, "{\"type\":\"auth_ok\"}");
        for (String next = message(connection); next != null; next = message(connection)) {
            messages.add(next);
        }
    }

    private static void say(RecordingHome.Connection connection, String text) throws IOException {
        connection.write("\u0081" + (char) text.length() + text);
    }

    /// The answer that opens a websocket.
    static String opening(String head) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept(head)
                + "\r\n\r\n";
    }

    private static String accept(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("sec-websocket-key: ") + 19;
        String key = head.substring(at, head.indexOf("\r\n", at));
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-1")
                                    .digest((key + SUFFIX).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Opcode and payload of the next frame; null at the end.
    private static @Nullable String message(RecordingHome.Connection connection)
            throws IOException {
        int first = connection.read();
        if (first < 0) {
            return null;
        }
        int length = connection.read() & 0x7F;
        if (length == 126) {
            length = connection.read() << 8 | connection.read();
        }
        int[] mask = {connection.read(), connection.read(), connection.read(), connection.read()};
        StringBuilder text = new StringBuilder().append(first & 0x0F).append(':');
        for (int i = 0; i < length; i++) {
            text.append((char) (connection.read() ^ mask[i & 3]));
        }
        return text.toString();
    }
}
