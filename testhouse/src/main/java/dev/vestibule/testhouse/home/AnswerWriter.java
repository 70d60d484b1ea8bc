package dev.vestibule.testhouse.home;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

import org.jspecify.annotations.Nullable;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes answers with the headers that every answer of Home Assistant has. Lives on the event
/// loop.
final class AnswerWriter {

    /// What is answered; endpoint and request are null where the door refused.
    record Reply(
            HttpRequest head,
            @Nullable Endpoint endpoint,
            @Nullable HomeRequest request,
            Answer answer) {}

    private final Server server;
    private final Channel channel;
    private final List<Runnable> writableListeners = new ArrayList<>();
    private final List<Runnable> closeListeners = new ArrayList<>();

    AnswerWriter(Server server, Channel channel) {
        this.server = server;
        this.channel = channel;
    }

    void writeContinue() {
        var _ =
                channel.writeAndFlush(
                        new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1,
                                HttpResponseStatus.CONTINUE,
                                Unpooled.EMPTY_BUFFER));
    }

    /// @param done called when the next request may be looked at
    void write(Reply reply, Runnable done) {
        switch (reply.answer()) {
            case Answer.Whole whole -> writeWhole(reply, whole, done);
            case Answer.Stream stream -> writeStream(reply, stream, done);
            case Answer.Upgrade(var kind) -> upgrade(reply, kind);
            case Answer.Cut _ -> {
                var _ = channel.close();
            }
            case Answer.Silence _ -> {}
        }
    }

    private void writeWhole(Reply reply, Answer.Whole whole, Runnable done) {
        byte[] body = whole.body();
        var response =
                new DefaultHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(whole.status()));
        addHeaders(response, reply, whole.headers());
        String accepted = reply.head().headers().get(HttpHeaderNames.ACCEPT_ENCODING, "");
        if (whole.isCompressible() && Compression.preferred(accepted).isPresent()) {
            var coding = Compression.preferred(accepted).get();
            response.headers().set(HttpHeaderNames.CONTENT_ENCODING, coding.wireName());
            body = coding.compress(body);
        }
        if (whole.status() != 304) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        }
        boolean isKept = isKept(reply.head(), response);
        boolean hasNoBody = reply.head().method().equals(HttpMethod.HEAD) || whole.status() == 304;
        var _ = channel.write(response);
        if (!hasNoBody && body.length > 0) {
            var _ = channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(body)));
        }
        end(isKept, done);
    }

    private void end(boolean isKept, Runnable done) {
        var written = channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        if (isKept) {
            done.run();
        } else {
            var _ = written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static boolean isKept(HttpRequest head, HttpResponse response) {
        boolean isKept =
                HttpUtil.isKeepAlive(head)
                        && !response.headers()
                                .contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        HttpUtil.setKeepAlive(response, isKept);
        return isKept;
    }

    private void addHeaders(
            HttpResponse response, Reply reply, List<Map.Entry<String, String>> own) {
        var headers = response.headers();
        own.forEach(one -> headers.add(one.getKey(), one.getValue()));
        headers.set("Referrer-Policy", "no-referrer")
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "SAMEORIGIN")
                .set(HttpHeaderNames.SERVER, "")
                .set(HttpHeaderNames.DATE, now());
        if (reply.endpoint() != null && reply.request() != null) {
            CrossOrigin.allowed(reply.endpoint(), reply.request())
                    .ifPresent(
                            origin ->
                                    headers.set(
                                            HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin));
        }
    }

    private String now() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.ofInstant(server.house().options().time().instant(), ZoneOffset.UTC));
    }

    private void writeStream(Reply reply, Answer.Stream stream, Runnable done) {
        var response =
                new DefaultHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(stream.status()));
        addHeaders(response, reply, stream.headers());
        boolean isOld = reply.head().protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (stream.length() >= 0) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, stream.length());
        } else if (isOld) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else {
            HttpUtil.setTransferEncodingChunked(response, true);
        }
        boolean isKept = isKept(reply.head(), response);
        var _ = channel.writeAndFlush(response);
        if (reply.head().method().equals(HttpMethod.HEAD)) {
            end(isKept, done);
        } else {
            stream.source().start(sink(isKept, done));
        }
    }

    private Sink sink(boolean isKept, Runnable done) {
        return new Sink() {
            @Override
            public void write(byte[] piece) {
                var _ =
                        channel.writeAndFlush(
                                new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
            }

            @Override
            public boolean isWritable() {
                return channel.isWritable();
            }

            @Override
            public void onWritable(Runnable listener) {
                writableListeners.add(listener);
            }

            @Override
            public void onClosed(Runnable listener) {
                closeListeners.add(listener);
            }

            @Override
            public void end() {
                writableListeners.clear();
                closeListeners.clear();
                AnswerWriter.this.end(isKept, done);
            }
        };
    }

    private void upgrade(Reply reply, SocketKind kind) {
        var remote = reply.request() == null ? null : reply.request().remote();
        if (remote == null) {
            throw new IllegalStateException("nothing that the door refused is upgraded");
        }
        SocketHandshake.complete(server, channel, reply.head(), kind, remote);
    }

    void writabilityChanged() {
        if (channel.isWritable()) {
            List.copyOf(writableListeners).forEach(Runnable::run);
        }
    }

    void closed() {
        List.copyOf(closeListeners).forEach(Runnable::run);
        closeListeners.clear();
        writableListeners.clear();
    }
}
