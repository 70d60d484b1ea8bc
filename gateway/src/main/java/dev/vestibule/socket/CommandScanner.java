package dev.vestibule.socket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds the commands that are handled in a message of a client, by walking its text once without
/// building anything of it (attack: a few megabytes of empty arrays, which as a tree are some
/// hundred). Stateless.
final class CommandScanner {

    static final int DEPTH_MAX = 200;

    /// No command of the table is longer in earnest.
    static final int HANDLED_BYTES_MAX = 64 * 1024;

    /// Nor does any client send so many at once.
    static final int HANDLED_MAX = 100;

    /// Reads UTF-8 and nothing else, as Home Assistant does (attack: a message in UTF-16).
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH_MAX)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();

    private CommandScanner() {}

    /// Where a command stands in its message.
    ///
    /// @param from index of its first byte
    /// @param to index behind its last byte
    record Found(int from, int to, boolean isWholeMessage) {

        int length() {
            return to - from;
        }
    }

    /// @param types tells of the commands that are looked for
    /// @throws IOException where the message is no JSON
    /// @throws FrameViolation where it can be read in two ways
    static List<Found> find(byte[] message, Predicate<String> types) throws IOException {
        List<Found> found = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(message)) {
            switch (parser.nextToken()) {
                case START_OBJECT -> command(parser, types, true).ifPresent(found::add);
                case START_ARRAY -> {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        element(parser, types).ifPresent(found::add);
                        if (found.size() > HANDLED_MAX) {
                            throw violation("too many commands in a message");
                        }
                    }
                }
                case null, default -> throw violation("a message is no command");
            }
            if (parser.nextToken() != null) {
                throw violation("two values in a message");
            }
        }
        return found;
    }

    private static Optional<Found> element(JsonParser parser, Predicate<String> types)
            throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return command(parser, types, false);
        }
        parser.skipChildren();
        return Optional.empty();
    }

    /// One command; only its own members count, not those of what is in it.
    private static Optional<Found> command(
            JsonParser parser, Predicate<String> types, boolean isWholeMessage) throws IOException {
        int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        boolean isTyped = false;
        boolean isWanted = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isType = parser.currentName().equals("type");
            JsonToken value = parser.nextToken();
            if (isType && isTyped) {
                // Home Assistant takes the last one; whoever reads this next may take the first.
                throw violation("a command has two types");
            }
            isTyped |= isType;
            if (isType && value == JsonToken.VALUE_STRING) {
                isWanted = types.test(parser.getText());
            }
            parser.skipChildren();
        }
        if (!isWanted) {
            return Optional.empty();
        }
        int to = Math.toIntExact(parser.currentLocation().getByteOffset());
        if (to - from > HANDLED_BYTES_MAX) {
            throw new FrameViolation(FrameViolation.TOO_BIG, "a command is too long");
        }
        return Optional.of(new Found(from, to, isWholeMessage));
    }

    private static FrameViolation violation(String what) {
        return new FrameViolation(FrameViolation.INVALID_PAYLOAD, what);
    }
}
