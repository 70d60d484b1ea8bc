package dev.vestibule.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.config.Origin;
import dev.vestibule.http.Headers.Header;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An answer of ours. Immutable; each `with` gives a new one. Nothing of ours may be cached by
/// anybody unless the handler says otherwise.
///
/// The body is held in memory, or is a file that the listener streams: [#file()] says which. Where
/// the request was HEAD, the listener sends the headers only, `content-length` among them.
public final class Response {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final List<Header> headers;
    private final byte[] body;
    private final @Nullable FileBody file;

    private Response(int status, List<Header> headers, byte[] body, @Nullable FileBody file) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.file = file;
    }

    /// A body that stays on disk: a slow reader costs no memory. The file outlives the answer by at
    /// least a minute, so open it at once; once open, it may be deleted.
    ///
    /// @param length how many bytes to send, from the file's start; the file may be longer
    public record FileBody(Path path, long length) {}

    public static Response empty(int status) {
        return new Response(status, List.of(), new byte[0], null);
    }

    public static Response bytes(int status, String contentType, byte[] body) {
        return new Response(status, List.of(new Header("content-type", contentType)), body, null);
    }

    /// An answer whose body the listener streams from disk.
    public static Response file(int status, String contentType, FileBody file) {
        return new Response(
                status, List.of(new Header("content-type", contentType)), new byte[0], file);
    }

    public static Response text(int status, String body) {
        return bytes(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    /// A page of ours: no script but our own, no frame around it, no address given away.
    public static Response html(int status, String body) {
        return html(status, body, List.of());
    }

    /// As [#html(int, String)], with a form whose answer may redirect to these origins too.
    public static Response html(int status, String body, List<Origin> formTargets) {
        String targets =
                formTargets.stream().map(origin -> " " + origin).collect(Collectors.joining());
        return bytes(status, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8))
                .with(
                        "content-security-policy",
                        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src"
                                + " 'self'; connect-src 'self'; form-action 'self'"
                                + targets
                                + "; base-uri 'none'; frame-ancestors 'none'")
                .with("x-frame-options", "DENY")
                .with("referrer-policy", "same-origin");
    }

    public static Response json(int status, JsonNode body) {
        try {
            return bytes(status, "application/json", JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree can always be written", impossible);
        }
    }

    /// 302: the browser goes on with GET.
    public static Response redirect(URI location) {
        return empty(302).with("location", location.toString());
    }

    /// @throws IllegalArgumentException where the value would split the header
    public Response with(String name, String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("control character in header " + name);
        }
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Response(status, more, body, file);
    }

    public Response with(SetCookie cookie) {
        return with("set-cookie", cookie.line());
    }

    public int status() {
        return status;
    }

    public List<Header> headers() {
        return headers;
    }

    /// The file to stream as the body; empty where the body is held in memory.
    public Optional<FileBody> file() {
        return Optional.ofNullable(file);
    }

    /// The body that is held in memory.
    ///
    /// @throws IllegalStateException where it is a file The body for writing, without a copy;
    ///   read-only.
    public ByteBuffer bodyBuffer() {
        return ByteBuffer.wrap(body).asReadOnlyBuffer();
    }

    public byte[] body() {
        if (file != null) {
            throw new IllegalStateException("the body is a file: " + file.path());
        }
        return body.clone();
    }
}
