package dev.vestibule.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

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

    /// What an answer says: the same for everybody, or a page that is written once it is known in
    /// which language.
    private sealed interface Body {

        record Bytes(ByteBuffer value) implements Body {}

        record Unwritten(Page page) implements Body {}
    }

    private final int status;
    private final List<Header> headers;
    private final Body body;
    private final Runnable afterwards;

    private Response(int status, List<Header> headers, Body body) {
        this(status, headers, body, () -> {});
    }

    private Response(int status, List<Header> headers, Body body, Runnable afterwards) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.afterwards = afterwards;
    }

    public static Response empty(int status) {
        return new Response(status, List.of(), new Body.Bytes(ByteBuffer.allocate(0)));
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
                new Body.Bytes(body.slice().asReadOnlyBuffer()));
    }

    public static Response text(int status, String body) {
        return bytes(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    /// HTML of ours: no script but our own, no frame around it, no address given away.
    public static Response html(int status, String html) {
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        return html(status, new Body.Bytes(ByteBuffer.wrap(bytes).asReadOnlyBuffer()), List.of());
    }

    /// As [#html(int, String)], from a page that is written by [#in].
    static Response page(int status, Page page, List<String> formTargets) {
        return html(status, new Body.Unwritten(page), formTargets);
    }

    private static Response html(int status, Body body, List<String> formTargets) {
        String targets =
                formTargets.stream().map(target -> " " + target).collect(Collectors.joining());
        return new Response(
                        status,
                        List.of(new Header("content-type", "text/html; charset=utf-8")),
                        body)
                .with(
                        "content-security-policy",
                        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src"
                                + " 'self'; connect-src 'self'; form-action 'self'"
                                + targets
                                + "; base-uri 'none'; frame-ancestors 'none'")
                .with("x-frame-options", "DENY")
                .with("referrer-policy", "same-origin");
    }

    /// The answer with its page written in the language that a request asks for, which is looked
    /// for only where there is a page.
    public Response inLanguageOf(Headers request) {
        return switch (body) {
            case Body.Bytes _ -> this;
            case Body.Unwritten _ -> in(Language.accepted(request));
        };
    }

    /// The answer with its page written in a language. Another kind of answer stays what it is.
    public Response in(Language language) {
        return switch (body) {
            case Body.Bytes _ -> this;
            case Body.Unwritten(var page) -> {
                byte[] html = Pages.render(page, language).getBytes(StandardCharsets.UTF_8);
                yield new Response(
                                status,
                                headers,
                                new Body.Bytes(ByteBuffer.wrap(html).asReadOnlyBuffer()),
                                afterwards)
                        .with("content-language", language.tag());
            }
        };
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

    /// The body for writing, without a copy; read-only. A page that was not written yet is in
    /// English.
    public ByteBuffer bodyBuffer() {
        return switch (body) {
            case Body.Bytes(var bytes) -> bytes.duplicate();
            case Body.Unwritten _ -> in(Language.ENGLISH).bodyBuffer();
        };
    }

    /// A copy of the body.
    public byte[] body() {
        ByteBuffer buffer = bodyBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
