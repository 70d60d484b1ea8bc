package dev.vestibule.gate;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of a client that speaks HTTP/2 (RFC 9113). Each of its streams goes through the
/// [Door] as a [ClientConnection] of its own, so that nothing behind knows the difference; see ADR
/// 0009. Lives on one event loop.
///
/// Websockets are not offered on streams (RFC 8441): browsers open a connection of HTTP/1.1 for
/// them.
final class Http2Connection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);

    static final int STREAMS_MAX = 100;

    /// What a client may send on one stream, and on all together, before anybody wants it.
    private static final int STREAM_WINDOW = 128 * 1024;

    private static final int CONNECTION_WINDOW = 256 * 1024;

    private static final int RESETS_MAX = 200;
    private static final int RESETS_WITHIN_SECONDS = 30;
    private static final int EMPTY_FRAMES_MAX = 2;
    private static final int SMALL_CONTINUATIONS_MAX = 16;
    private static final int CONTROL_FRAMES_MAX = 1_000;

    private final Door door;
    private final Listener.Limits limits;
    private final Places places;
    private final Transport transport;
    private final Deadline deadline;
    private int open;

    private Http2Connection(
            Door door,
            Listener.Limits limits,
            Places places,
            Transport transport,
            Channel channel) {
        this.door = door;
        this.limits = limits;
        this.places = places;
        this.transport = transport;
        this.deadline =
                new Deadline(
                        channel,
                        () -> {
                            var _ = channel.close();
                        });
    }

    /// Puts the handlers of a new connection in their order.
    static void welcome(
            Door door,
            Listener.Limits limits,
            Places places,
            Transport transport,
            Channel channel) {
        Http2Connection connection = new Http2Connection(door, limits, places, transport, channel);
        channel.pipeline()
                .addLast(
                        new FrameGuard(limits.held().by(channel)),
                        codec(limits),
                        new Http2MultiplexHandler(connection.streams()),
                        connection);
        var _ =
                channel.writeAndFlush(
                        new DefaultHttp2WindowUpdateFrame(
                                CONNECTION_WINDOW - Http2CodecUtil.DEFAULT_WINDOW_SIZE));
    }

    /// Every limit by name, those that Netty would set by itself too.
    private static Http2FrameCodec codec(Listener.Limits limits) {
        return Http2FrameCodecBuilder.forServer()
                .initialSettings(
                        Http2Settings.defaultSettings()
                                .maxConcurrentStreams(STREAMS_MAX)
                                .initialWindowSize(STREAM_WINDOW)
                                .maxHeaderListSize(StrictRequestDecoder.HEAD_MAX))
                .validateHeaders(true)
                .decoderEnforceMaxRstFramesPerWindow(RESETS_MAX, RESETS_WITHIN_SECONDS)
                .encoderEnforceMaxRstFramesPerWindow(RESETS_MAX, RESETS_WITHIN_SECONDS)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_FRAMES_MAX)
                .decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS_MAX)
                .encoderEnforceMaxQueuedControlFrames(CONTROL_FRAMES_MAX)
                .headerSensitivityDetector((name, _) -> StreamAnswer.isSecret(name))
                .gracefulShutdownTimeoutMillis(limits.deadlines().linger().toMillis())
                .build();
    }

    private ChannelInitializer<Channel> streams() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                receive(stream);
            }
        };
    }

    private void receive(Channel stream) {
        open++;
        deadline.never();
        stream.closeFuture().addListener(_ -> left());
        if (places.tryTake(stream)) {
            ClientConnection.welcomeStream(door, limits, transport, stream);
        } else {
            stream.pipeline().addLast(new NoPlace());
        }
    }

    private void left() {
        open--;
        if (open == 0) {
            deadline.in(limits.deadlines().nextHead());
        }
    }

    /// Nothing of the request was looked at, so that the client may ask again (RFC 9113 section
    /// 8.7).
    private static final class NoPlace extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
            if (message instanceof Http2HeadersFrame) {
                var _ = ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
                var _ = ctx.close();
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline.in(limits.deadlines().firstHead());
    }

    /// Frames about the connection itself, which the codec has dealt with.
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.cancel();
    }

    /// Whoever breaks the protocol is told so by the codec, which then closes.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("event=connection-broke reason=\"{}\"", cause.getMessage());
        if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
            var _ = ctx.close();
        }
    }
}
