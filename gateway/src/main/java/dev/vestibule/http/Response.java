package dev.vestibule.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.config.Origin;
import dev.vestibule.http.Headers.Header;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// An answer of ours. Immutable; each `with` gives a new one. Nothing of ours may be cached by
/// anybody unless the handler says otherwise.
///
/// Where the request was HEAD, the listener sends the headers only, `content-length` among them.
public final class Response {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final List<Header> headers;
    private final ByteBuffer body;
    private final Runnable afterwards;

    private Response(int status, List<Header> headers, ByteBuffer body) {
        this(status, headers, body, () -> {});
    }

    private Response(int status, List<Header> headers, ByteBuffer body, Runnable afterwards) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.afterwards = afterwards;
    }

    public static Response empty(int status) {
        return new Response(status, List.of(), ByteBuffer.allocate(0));
    }

    public static Response bytes(int status, String contentType, byte[] body) {
        return bytes(status, contentType, ByteBuffer.wrap(body));
    }

    /// An answer with a body that is not copied and must not change. A mapped file is the way to
    /// answer with a large one: a slow reader then costs no heap.
    public static Response bytes(int status, String contentType, ByteBuffer body) {
        return new Response(
                status,
                List.of(new Header("content-type", contentType)),
                body.slice().asReadOnlyBuffer());
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
        return new Response(status, more, body, afterwards);
    }

    /// The same answer, whose memory is counted until it has been sent.
    ///
    /// @param counted is run once the body is needed no more, perhaps more than once; never waits
    public Response afterwards(Runnable counted) {
        return new Response(status, headers, body, counted);
    }

    /// Whoever was to send this has done so, or cannot.
    public void done() {
        afterwards.run();
    }

    /// As [#with(String, String)], in the place of what was said before.
    public Response replacing(String name, String value) {
        List<Header> others =
                headers.stream().filter(header -> !header.name().equalsIgnoreCase(name)).toList();
        return new Response(status, others, body, afterwards).with(name, value);
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

    /// The body for writing, without a copy; read-only.
    public ByteBuffer bodyBuffer() {
        return body.duplicate();
    }

    /// A copy of the body.
    public byte[] body() {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }
}
