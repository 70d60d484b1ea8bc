package dev.vestibule.firstrun;

import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.Response;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One request and its answer, then the connection ends. Lives on the event loop; what waits for
/// Home Assistant or a provider waits on a virtual thread.
final class FirstRunConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(FirstRunConnection.class);

    /// Time for a request to come, and then for its answer: a provider may take its time.
    private static final int ARRIVAL_SECONDS_MAX = 20;

    private static final int ANSWER_SECONDS_MAX = 120;

    private final FirstRunDoor door;
    private @Nullable Future<?> end;
    private boolean isAsked;

    FirstRunConnection(FirstRunDoor door) {
        this.door = door;
    }

    /// What a request says, before anything of it is believed.
    ///
    /// @param target as it came
    /// @param body forms alone are read, which are text
    record Raw(String method, String target, Headers headers, InetAddress peer, String body) {}

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        endIn(context, ARRIVAL_SECONDS_MAX);
    }

    private void endIn(ChannelHandlerContext context, int seconds) {
        cancelEnd();
        end =
                context.executor()
                        .schedule(
                                () -> {
                                    var _ = context.close();
                                },
                                seconds,
                                TimeUnit.SECONDS);
    }

    private void cancelEnd() {
        if (end != null) {
            end.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancelEnd();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof FullHttpRequest request && !isAsked) {
            isAsked = true;
            endIn(context, ANSWER_SECONDS_MAX);
            ask(context, request);
        }
        ReferenceCountUtil.release(message);
    }

    private void ask(ChannelHandlerContext context, FullHttpRequest request) {
        boolean isHead = request.method().equals(HttpMethod.HEAD);
        if (request.decoderResult().isFailure()) {
            say(context, Response.text(400, "The request cannot be read."), isHead);
            return;
        }
        Raw raw = raw(context, request);
        Thread.ofVirtual()
                .name("first-run")
                .start(
                        () -> {
                            Response said = orElseFailed(raw);
                            context.executor().execute(() -> say(context, said, isHead));
                        });
    }

    private static Raw raw(ChannelHandlerContext context, FullHttpRequest request) {
        List<Header> headers =
                request.headers().entries().stream()
                        .map(header -> new Header(header.getKey(), header.getValue()))
                        .toList();
        return new Raw(
                request.method().name(),
                request.uri(),
                new Headers(headers),
                ((InetSocketAddress) context.channel().remoteAddress()).getAddress(),
                request.content().toString(StandardCharsets.UTF_8));
    }

    private Response orElseFailed(Raw raw) {
        try {
            return door.answer(raw).inLanguageOf(raw.headers());
        } catch (RuntimeException bug) {
            LOG.error("event=first-run-failed", bug);
            return Response.text(500, "That did not work; the log says more.");
        }
    }

    private static void say(ChannelHandlerContext context, Response answer, boolean isHead) {
        ByteBuf body = Unpooled.wrappedBuffer(answer.bodyBuffer());
        int length = body.readableBytes();
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(answer.status()),
                        isHead ? Unpooled.EMPTY_BUFFER : body);
        for (Header header : answer.headers()) {
            response.headers().add(header.name(), header.value());
        }
        if (!response.headers().contains(HttpHeaderNames.CACHE_CONTROL)) {
            response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        }
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(length))
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set("x-content-type-options", "nosniff");
        context.writeAndFlush(response)
                .addListener(_ -> answer.done())
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("event=first-run-failed", cause);
        }
        var _ = context.close();
    }
}
