package dev.vestibule.gate;

import dev.vestibule.log.RequestScope;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One stream of HTTP/2, which carries one request and one answer. Lives on the event loop of its
/// connection.
///
/// Back-pressure is that of the stream's windows: where the [ClientConnection] does not read, the
/// client gets no more window; where the client gives none, the channel is not writable.
final class StreamWire extends ChannelDuplexHandler implements Wire {

    private static final Logger LOG = LoggerFactory.getLogger(StreamWire.class);
    private static final long UNKNOWN = -1;

    private final Channel channel;
    private final HeldBytes.Holding held;
    private final String hsts;
    private final Runnable malformed;
    private boolean isBegun;
    private boolean isRequestOver;
    private boolean answersHead;
    private boolean isAnswerOver;
    private long bytesLeft = UNKNOWN;
    private @Nullable ChannelFuture answerLeft;

    /// @param held counts our own answers that the client does not take (attack: a hundred streams
    ///   without a window)
    /// @param malformed is told of a request that is none
    StreamWire(Channel channel, HeldBytes.Holding held, String hsts, Runnable malformed) {
        this.channel = channel;
        this.held = held;
        this.hsts = hsts;
        this.malformed = malformed;
    }

    @Override
    public void answersTo(boolean isHead) {
        answersHead = isHead;
    }

    /// There is no next one; the stream is over by itself.
    @Override
    public void proceed() {}

    /// RFC 9113 section 8.1: an answer that is whole stands, even if the request is not wanted.
    @Override
    public void end(boolean isAllRead) {
        if (!isAllRead) {
            reset(Http2Error.NO_ERROR);
        }
        var _ = channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        switch (message) {
            case Http2HeadersFrame head when !isBegun -> begin(ctx, head);
            case Http2HeadersFrame trailers -> end(ctx, trailers);
            case Http2DataFrame data -> body(ctx, data);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, Http2HeadersFrame head) {
        isBegun = true;
        switch (StreamHead.read(head.headers(), head.isEndStream())) {
            case StreamHead.Reading.Malformed(var reason) -> refuse(reason);
            case StreamHead.Reading.Whole(var request) -> {
                bytesLeft = length(request);
                isRequestOver = head.isEndStream();
                ctx.fireChannelRead(request);
                if (isRequestOver) {
                    ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
                }
            }
        }
    }

    /// Whether a length can be read at all is for the [HeadReader] to say.
    private static long length(HttpRequest request) {
        String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return length == null ? UNKNOWN : Long.parseLong(length);
        } catch (NumberFormatException unreadable) {
            return UNKNOWN;
        }
    }

    private void body(ChannelHandlerContext ctx, Http2DataFrame data) {
        int bytes = data.content().readableBytes();
        boolean isTooLong = bytesLeft != UNKNOWN && bytes > bytesLeft;
        if (isRequestOver || isTooLong) {
            data.release();
            refuse("more body than announced");
            return;
        }
        bytesLeft -= bytesLeft == UNKNOWN ? 0 : bytes;
        ctx.fireChannelRead(new DefaultHttpContent(data.content()));
        if (data.isEndStream()) {
            end(ctx);
        }
    }

    /// Trailers are not passed on: nobody behind expects them, and they could carry anything.
    private void end(ChannelHandlerContext ctx, Http2HeadersFrame trailers) {
        boolean hasPseudo = trailers.headers().names().stream().anyMatch(StreamWire::isPseudo);
        if (isRequestOver || !trailers.isEndStream() || hasPseudo) {
            refuse("trailers");
        } else {
            end(ctx);
        }
    }

    private static boolean isPseudo(CharSequence name) {
        return !name.isEmpty() && name.charAt(0) == ':';
    }

    private void end(ChannelHandlerContext ctx) {
        if (bytesLeft > 0) {
            refuse("less body than announced");
            return;
        }
        isRequestOver = true;
        ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void refuse(String reason) {
        note("malformed-stream", reason);
        isRequestOver = true;
        malformed.run();
        reset(Http2Error.PROTOCOL_ERROR);
        var _ = channel.close();
    }

    private void note(String event, @Nullable String reason) {
        RequestScope.run(
                RequestIds.on(channel), () -> LOG.debug("event={} reason=\"{}\"", event, reason));
    }

    private void reset(Http2Error error) {
        var _ = channel.writeAndFlush(new DefaultHttp2ResetFrame(error));
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        switch (message) {
            case HttpResponse head -> answer(ctx, head, promise);
            case HttpContent piece -> answerBody(ctx, piece, promise);
            case ByteBuf nothing -> whenAllHasLeft(nothing, promise);
            default -> {
                var _ = ctx.write(message, promise);
            }
        }
    }

    private void answer(ChannelHandlerContext ctx, HttpResponse head, ChannelPromise promise) {
        int status = head.status().code();
        boolean isBodiless = status >= 200 && (answersHead || status == 204 || status == 304);
        var fields = StreamAnswer.fields(head, hsts);
        if (StreamAnswer.isInterim(head)) {
            ReferenceCountUtil.release(head);
            var _ = ctx.write(new DefaultHttp2HeadersFrame(fields, false), promise);
        } else if (isBodiless) {
            ReferenceCountUtil.release(head);
            finish(ctx, new DefaultHttp2HeadersFrame(fields, true), promise);
        } else if (head instanceof FullHttpResponse whole) {
            answerWhole(ctx, new DefaultHttp2HeadersFrame(fields, false), whole, promise);
        } else {
            var _ = ctx.write(new DefaultHttp2HeadersFrame(fields, false), promise);
        }
    }

    private void answerWhole(
            ChannelHandlerContext ctx,
            Http2HeadersFrame head,
            FullHttpResponse whole,
            ChannelPromise promise) {
        if (!held.change(whole.content().readableBytes())) {
            whole.release();
            promise.setSuccess();
            reset(Http2Error.ENHANCE_YOUR_CALM);
            return;
        }
        var _ = ctx.write(head, ctx.voidPromise());
        finish(ctx, new DefaultHttp2DataFrame(whole.content(), true), promise);
    }

    private void answerBody(ChannelHandlerContext ctx, HttpContent piece, ChannelPromise promise) {
        if (isAnswerOver) {
            // The answer to HEAD.
            piece.release();
            promise.setSuccess();
        } else if (piece instanceof LastHttpContent) {
            finish(ctx, new DefaultHttp2DataFrame(piece.content(), true), promise);
        } else {
            var _ = ctx.write(new DefaultHttp2DataFrame(piece.content(), false), promise);
        }
    }

    private void finish(ChannelHandlerContext ctx, Http2StreamFrame last, ChannelPromise promise) {
        isAnswerOver = true;
        ChannelPromise left = promise.isVoid() ? ctx.newPromise() : promise;
        answerLeft = left;
        left.addListener(_ -> held.letGo());
        var _ = ctx.write(last, left);
    }

    private void whenAllHasLeft(ByteBuf nothing, ChannelPromise promise) {
        nothing.release();
        if (answerLeft == null) {
            promise.setSuccess();
        } else {
            answerLeft.addListener(_ -> promise.trySuccess());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        held.letGo();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof Http2Exception) {
            note("stream-broke", cause.getMessage());
            malformed.run();
        } else if (isGone()) {
            note("stream-gone", cause.getMessage());
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    /// The client took the stream back, and we had not heard yet when we wrote.
    private boolean isGone() {
        return channel instanceof Http2StreamChannel stream
                && stream.stream().state() == Http2Stream.State.CLOSED;
    }
}
