package dev.vestibule.gate;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2Headers;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns the fields that open a stream of HTTP/2 into the request of HTTP/1.1 that they mean, so
/// that [HeadReader] and everything behind it read one kind of request. What could mean two things
/// to two readers is malformed, and nothing is repaired (RFC 9113 section 8.1.1).
final class StreamHead {

    /// RFC 9113 section 8.2.2.
    private static final Set<String> OF_A_CONNECTION =
            Set.of(
                    "connection",
                    "http2-settings",
                    "keep-alive",
                    "proxy-connection",
                    "transfer-encoding",
                    "upgrade");

    private static final String SEPARATORS = "\"(),/:;<=>?@[\\]{}";

    /// Checked here.
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private final Http2Headers sent;
    private final HttpHeaders headers = UNCHECKED.newHeaders();
    private final StringBuilder cookies = new StringBuilder();

    private StreamHead(Http2Headers sent) {
        this.sent = sent;
    }

    /// What became of the fields.
    sealed interface Reading {

        record Whole(HttpRequest request) implements Reading {}

        /// @param reason for the log of whoever looks for the cause
        record Malformed(String reason) implements Reading {}
    }

    private static final class MalformedHead extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedHead(String reason) {
            super(reason);
        }
    }

    /// @param isOver whether no body follows
    static Reading read(Http2Headers sent, boolean isOver) {
        try {
            return new Reading.Whole(new StreamHead(sent).request(isOver));
        } catch (MalformedHead malformed) {
            return new Reading.Malformed(String.valueOf(malformed.getMessage()));
        }
    }

    private HttpRequest request(boolean isOver) throws MalformedHead {
        String method = pseudo(Http2Headers.PseudoHeaderName.METHOD);
        String path = pseudo(Http2Headers.PseudoHeaderName.PATH);
        if (!isToken(method, true)) {
            throw new MalformedHead("method");
        }
        if (!path.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new MalformedHead("path");
        }
        if (!pseudo(Http2Headers.PseudoHeaderName.SCHEME).equals("https")) {
            throw new MalformedHead("scheme");
        }
        for (Map.Entry<CharSequence, CharSequence> field : sent) {
            take(field.getKey().toString(), field.getValue().toString());
        }
        if (!cookies.isEmpty()) {
            // RFC 9113 section 8.2.3: what was split for compression is one again.
            headers.set(HttpHeaderNames.COOKIE, cookies.toString());
        }
        nameHost();
        frame(isOver);
        DefaultHttpRequest request =
                new DefaultHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), path, headers);
        if (path.length() > StrictRequestDecoder.TARGET_MAX) {
            request.setDecoderResult(DecoderResult.failure(new TooLongHttpLineException()));
        }
        return request;
    }

    private String pseudo(Http2Headers.PseudoHeaderName name) throws MalformedHead {
        List<CharSequence> values = sent.getAll(name.value());
        if (values.size() != 1 || values.getFirst().isEmpty()) {
            throw new MalformedHead("one " + name.value() + " is needed");
        }
        return values.getFirst().toString();
    }

    private void take(String name, String value) throws MalformedHead {
        if (!isValue(value)) {
            throw new MalformedHead("a value");
        }
        if (name.startsWith(":")) {
            if (!Set.of(":method", ":path", ":scheme", ":authority").contains(name)) {
                throw new MalformedHead("pseudo-header");
            }
            return;
        }
        if (!isToken(name, false)) {
            throw new MalformedHead("a name");
        }
        if (OF_A_CONNECTION.contains(name) || (name.equals("te") && !value.equals("trailers"))) {
            throw new MalformedHead(name);
        }
        if (name.equals("cookie")) {
            cookies.append(cookies.isEmpty() ? "" : "; ").append(value);
        } else {
            headers.add(name, value);
        }
    }

    /// RFC 9113 section 8.3.1: `:authority` and `Host` must not differ.
    private void nameHost() throws MalformedHead {
        List<CharSequence> authorities = sent.getAll(":authority");
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (authorities.size() > 1 || hosts.size() > 1) {
            throw new MalformedHead("authority twice");
        }
        if (authorities.isEmpty()) {
            return;
        }
        String authority = authorities.getFirst().toString();
        if (authority.isEmpty()
                || (!hosts.isEmpty() && !hosts.getFirst().equalsIgnoreCase(authority))) {
            throw new MalformedHead("authority");
        }
        headers.set(HttpHeaderNames.HOST, authority);
    }

    /// A length may be said, and then holds. Where none is, the end of the stream ends the body.
    private void frame(boolean isOver) throws MalformedHead {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (isOver && length != null && !length.equals("0")) {
            throw new MalformedHead("content-length without a body");
        }
        if (!isOver && length == null) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
    }

    private static boolean isToken(String text, boolean mayBeUpperCase) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(
                                c ->
                                        c > ' '
                                                && c < 127
                                                && SEPARATORS.indexOf(c) < 0
                                                && (mayBeUpperCase || c < 'A' || c > 'Z'));
    }

    /// RFC 9113 section 8.2.1, and no other control character either.
    private static boolean isValue(String value) {
        return value.equals(value.strip())
                && value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 127));
    }
}
