package dev.vestibule.testhouse.home;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Every byte that arrived at the house, on any connection. Safe to share between threads.
///
/// It keeps up to [HomeOptions#recordBytesMax]; when more has arrived, whoever asks for the bytes
/// gets an exception that says so, and only [#byteCount] goes on. Websocket messages are kept
/// inflated as well, since nobody can search what is compressed.
@SuppressWarnings("JavaLangClash") // A record of traffic; the other kind is never named in code.
public final class Record {

    private static final int BODY_START_BYTES_MAX = 64 << 10;

    /// One connection's bytes.
    static final class Tape {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    }

    /// One request, whose body may still be arriving.
    static final class Entry {
        private final String method;
        private final String target;
        private final List<Map.Entry<String, String>> headers;
        private final ByteArrayOutputStream bodyStart = new ByteArrayOutputStream();

        private Entry(String method, String target, List<Map.Entry<String, String>> headers) {
            this.method = method;
            this.target = target;
            this.headers = headers;
        }
    }

    private final long bytesMax;
    private final List<Tape> tapes = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> socketMessages = new ArrayList<>();
    private long arrived;
    private long kept;
    private boolean isFull;

    Record(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// Whether the text arrived anywhere: in one connection's raw bytes, or in a websocket message.
    ///
    /// @throws IllegalStateException when more arrived than was kept
    public synchronized boolean contains(String ascii) {
        requireWhole();
        return tapes.stream()
                        .anyMatch(
                                tape ->
                                        tape.bytes
                                                .toString(StandardCharsets.ISO_8859_1)
                                                .contains(ascii))
                || socketMessages.stream().anyMatch(message -> message.contains(ascii));
    }

    /// All requests in order of arrival, upgrades included.
    ///
    /// @throws IllegalStateException when more arrived than was kept
    public synchronized List<RecordedRequest> requests() {
        requireWhole();
        return entries.stream()
                .map(
                        entry ->
                                new RecordedRequest(
                                        entry.method,
                                        entry.target,
                                        entry.headers,
                                        entry.bodyStart.toString(StandardCharsets.UTF_8)))
                .toList();
    }

    /// The text messages that arrived on websockets, inflated, in order of arrival.
    ///
    /// @throws IllegalStateException when more arrived than was kept
    public synchronized List<String> socketMessages() {
        requireWhole();
        return List.copyOf(socketMessages);
    }

    /// How many bytes arrived since the start or the last [#clear].
    public synchronized long byteCount() {
        return arrived;
    }

    /// Forgets everything; open connections begin with empty tapes.
    public synchronized void clear() {
        tapes.forEach(tape -> tape.bytes.reset());
        entries.clear();
        socketMessages.clear();
        arrived = 0;
        kept = 0;
        isFull = false;
    }

    private void requireWhole() {
        if (isFull) {
            throw new IllegalStateException(
                    "%d bytes arrived, and no more than %d are kept".formatted(arrived, bytesMax));
        }
    }

    synchronized Tape newTape() {
        var tape = new Tape();
        tapes.add(tape);
        return tape;
    }

    synchronized void arrived(Tape tape, byte[] bytes) {
        arrived += bytes.length;
        if (hasRoom(bytes.length)) {
            tape.bytes.writeBytes(bytes);
        }
    }

    /// @return where the body of the request goes on
    synchronized Entry begin(
            String method, String target, List<Map.Entry<String, String>> headers) {
        var entry = new Entry(method, target, headers);
        if (hasRoom(target.length())) {
            entries.add(entry);
        }
        return entry;
    }

    synchronized void body(Entry request, byte[] bytes) {
        var start = request.bodyStart;
        int room = Math.min(bytes.length, BODY_START_BYTES_MAX - start.size());
        if (room > 0 && hasRoom(room)) {
            start.write(bytes, 0, room);
        }
    }

    synchronized void socketMessage(String text) {
        if (hasRoom(text.length())) {
            socketMessages.add(text);
        }
    }

    private boolean hasRoom(int bytes) {
        isFull = isFull || kept + bytes > bytesMax;
        if (!isFull) {
            kept += bytes;
        }
        return !isFull;
    }
}
