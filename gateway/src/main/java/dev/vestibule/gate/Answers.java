package dev.vestibule.gate;

import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.Response;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Gives our own answers the headers that all of them carry.
final class Answers {

    /// RFC 9110 section 5.6.7: two digits for the day, which the JDK's own constant lacks.
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private Answers() {}

    /// The answer in one piece.
    ///
    /// @param more headers besides those of the answer
    static FullHttpResponse whole(Response response, List<Header> more, Instant now) {
        ByteBuf body = Unpooled.wrappedBuffer(response.bodyBuffer());
        FullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), body);
        fill(answer.headers(), response, more, now);
        return answer;
    }

    /// The head alone; the body follows.
    static HttpResponse head(Response response, List<Header> more, Instant now) {
        HttpResponse answer =
                new DefaultHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
        fill(answer.headers(), response, more, now);
        return answer;
    }

    private static void fill(
            HttpHeaders headers, Response response, List<Header> more, Instant now) {
        response.headers().forEach(header -> headers.add(header.name(), header.value()));
        more.forEach(header -> headers.add(header.name(), header.value()));
        setUnlessSet(headers, "cache-control", "no-store");
        setUnlessSet(headers, "x-content-type-options", "nosniff");
        setUnlessSet(headers, "referrer-policy", "no-referrer");
        headers.set(HttpHeaderNames.DATE, IMF_FIXDATE.format(now.atOffset(ZoneOffset.UTC)));
        ByteBuffer body = response.bodyBuffer();
        if (response.status() != 204 && response.status() != 304) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.remaining()));
        }
    }

    private static void setUnlessSet(HttpHeaders headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }
}
