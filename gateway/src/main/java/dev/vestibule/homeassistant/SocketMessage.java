package dev.vestibule.homeassistant;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/// One message of a websocket, kept in the pieces in which it came, so that the states of a large
/// house need neither one long text nor a tree. Used by one thread at a time.
final class SocketMessage {

    private final List<String> pieces = new ArrayList<>();
    private long length;

    void append(CharSequence piece) {
        pieces.add(piece.toString());
        length += piece.length();
    }

    long length() {
        return length;
    }

    JsonParser parser() throws IOException {
        return Json.MAPPER.createParser(new PiecesReader(List.copyOf(pieces)));
    }

    JsonNode tree() throws IOException {
        try (JsonParser parser = parser()) {
            // Jackson answers null where there is nothing at all.
            @Nullable JsonNode tree = Json.MAPPER.readTree(parser);
            if (tree == null) {
                throw new IOException("an empty message");
            }
            return tree;
        }
    }

    /// Finds out what the message is, and skips what it carries: `id` may come after `event`.
    Envelope envelope() throws IOException {
        long id = -1;
        String type = "";
        try (JsonParser parser = parser()) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a message is one JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("id") && value == JsonToken.VALUE_NUMBER_INT) {
                    id = parser.getLongValue();
                } else if (field.equals("type") && value == JsonToken.VALUE_STRING) {
                    type = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new Envelope(id, type);
    }

    /// @param id of the command that it answers; -1 when it answers none
    record Envelope(long id, String type) {}

    private static final class PiecesReader extends Reader {

        private final List<String> pieces;
        private int piece;
        private int offset;

        PiecesReader(List<String> pieces) {
            this.pieces = pieces;
        }

        @Override
        public int read(char[] target, int start, int count) {
            while (piece < pieces.size() && offset == pieces.get(piece).length()) {
                piece++;
                offset = 0;
            }
            if (piece == pieces.size()) {
                return -1;
            }
            String current = pieces.get(piece);
            int copied = Math.min(count, current.length() - offset);
            current.getChars(offset, offset + copied, target, start);
            offset += copied;
            return copied;
        }

        @Override
        public void close() {}
    }
}
