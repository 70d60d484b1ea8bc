package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a request gets.
sealed interface Answer {

    /// An answer that is whole at once. Immutable; the `with` methods return another one.
    final class Whole implements Answer {
        private final int status;
        private final List<Map.Entry<String, String>> headers;
        private final byte[] body;
        private final boolean isCompressible;

        private Whole(
                int status,
                List<Map.Entry<String, String>> headers,
                byte[] body,
                boolean isCompressible) {
            this.status = status;
            this.headers = List.copyOf(headers);
            this.body = body;
            this.isCompressible = isCompressible;
        }

        Whole with(String name, String value) {
            var more = new ArrayList<>(headers);
            more.add(Map.entry(name, value));
            return new Whole(status, more, body, isCompressible);
        }

        /// Home Assistant compresses some answers and not others.
        Whole compressible() {
            return new Whole(status, headers, body, true);
        }

        int status() {
            return status;
        }

        List<Map.Entry<String, String>> headers() {
            return headers;
        }

        byte[] body() {
            return body.clone();
        }

        boolean isCompressible() {
            return isCompressible;
        }
    }

    /// An answer whose body comes bit by bit, perhaps without end.
    ///
    /// @param length in bytes, or -1 where nobody knows
    record Stream(int status, List<Map.Entry<String, String>> headers, long length, Source source)
            implements Answer {
        public Stream {
            headers = List.copyOf(headers);
        }
    }

    /// The connection becomes a websocket.
    record Upgrade(SocketKind kind) implements Answer {}

    /// The connection is cut without an answer.
    record Cut() implements Answer {}

    /// There is no answer, and the connection stays.
    record Silence() implements Answer {}

    /// Writes a body.
    interface Source {
        void start(Sink sink);
    }

    static Whole of(int status, String contentType, byte[] body) {
        return new Whole(
                status,
                contentType.isEmpty() ? List.of() : List.of(Map.entry("Content-Type", contentType)),
                body,
                false);
    }

    static Whole text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    static Whole empty(int status) {
        return of(status, "", new byte[0]);
    }

    static Whole json(int status, JsonNode body) {
        return of(status, "application/json", Json.bytes(body)).compressible();
    }

    static Whole message(int status, String message) {
        return json(status, Json.object().put("message", message));
    }

    static Whole badRequest() {
        return text(400, "400: Bad Request");
    }

    static Whole unauthorized() {
        return text(401, "401: Unauthorized");
    }

    static Whole forbidden() {
        return text(403, "403: Forbidden");
    }

    static Whole notFound() {
        return text(404, "404: Not Found");
    }

    /// The house stumbled over itself.
    static Whole broken() {
        return text(500, "500 Internal Server Error\n\nServer got itself in trouble")
                .with("Connection", "close");
    }

    /// `{name: value}` pairs become headers.
    static List<Map.Entry<String, String>> headers(Map<String, String> headers) {
        return List.copyOf(headers.entrySet());
    }
}
