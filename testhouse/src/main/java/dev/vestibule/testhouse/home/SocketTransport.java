package dev.vestibule.testhouse.home;

import dev.vestibule.testhouse.home.PerMessageDeflate.TooLongException;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;

/// Messages over frames: puts fragments together, inflates and deflates, answers pings, pings by
/// itself, closes in order. Lives on the event loop.
final class SocketTransport extends SimpleChannelInboundHandler<WebSocketFrame> {

    static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int TOO_BIG = 1009;
    private static final int COMPRESSED = 4;
    private static final int HEARTBEAT_SECONDS = 55;
    private static final int GOODBYE_SECONDS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(SocketTransport.class);

    /// Hears what comes in.
    interface Listener {
        void text(String message);

        void binary(byte[] message);

        void writable();

        void closed();
    }

    private final Channel channel;
    private final @Nullable PerMessageDeflate compression;
    private final int bytesMax;
    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
    private @Nullable Listener listener;
    private boolean isText;
    private boolean isCompressed;
    private boolean isClosing;
    private boolean hasPongPending;

    SocketTransport(Channel channel, Optional<PerMessageDeflate> compression, int bytesMax) {
        this.channel = channel;
        this.compression = compression.orElse(null);
        this.bytesMax = bytesMax;
    }

    void listen(Listener newListener) {
        listener = newListener;
        scheduleHeartbeat();
    }

    private void scheduleHeartbeat() {
        var _ = channel.eventLoop().schedule(this::beat, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    private void beat() {
        if (!channel.isActive()) {
            return;
        }
        if (hasPongPending) {
            var _ = channel.close();
            return;
        }
        hasPongPending = true;
        var _ = channel.writeAndFlush(new PingWebSocketFrame());
        scheduleHeartbeat();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    boolean isClosing() {
        return isClosing;
    }

    void send(String message) {
        if (isClosing) {
            return;
        }
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        var frame =
                compression == null
                        ? new TextWebSocketFrame(true, 0, Unpooled.wrappedBuffer(bytes))
                        : new TextWebSocketFrame(
                                true,
                                COMPRESSED,
                                Unpooled.wrappedBuffer(compression.deflate(bytes)));
        var _ = channel.writeAndFlush(frame);
    }

    void sendBinary(byte[] bytes) {
        if (isClosing) {
            return;
        }
        var frame =
                compression == null
                        ? new BinaryWebSocketFrame(true, 0, Unpooled.wrappedBuffer(bytes))
                        : new BinaryWebSocketFrame(
                                true,
                                COMPRESSED,
                                Unpooled.wrappedBuffer(compression.deflate(bytes)));
        var _ = channel.writeAndFlush(frame);
    }

    /// Says goodbye, and waits a while for the other side to do so too.
    void close(int code) {
        if (isClosing) {
            return;
        }
        isClosing = true;
        var _ = channel.writeAndFlush(new CloseWebSocketFrame(code, ""));
        var _ = channel.eventLoop().schedule(this::cut, GOODBYE_SECONDS, TimeUnit.SECONDS);
    }

    void cut() {
        var _ = channel.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        hasPongPending = false;
        if (frame instanceof CloseWebSocketFrame) {
            answerClose();
        } else if (frame instanceof PingWebSocketFrame) {
            var _ = channel.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (!(frame instanceof PongWebSocketFrame) && !isClosing) {
            fragment(frame);
        }
    }

    private void answerClose() {
        if (isClosing) {
            cut();
            return;
        }
        isClosing = true;
        var _ =
                channel.writeAndFlush(new CloseWebSocketFrame(NORMAL, ""))
                        .addListener(ChannelFutureListener.CLOSE);
    }

    private void fragment(WebSocketFrame frame) {
        if (!(frame instanceof ContinuationWebSocketFrame)) {
            isText = frame instanceof TextWebSocketFrame;
            isCompressed = (frame.rsv() & COMPRESSED) != 0;
        }
        fragments.writeBytes(ByteBufUtil.getBytes(frame.content()));
        if (fragments.size() > bytesMax) {
            close(TOO_BIG);
        } else if (frame.isFinalFragment()) {
            byte[] bytes = fragments.toByteArray();
            fragments.reset();
            message(bytes);
        }
    }

    private void message(byte[] bytes) {
        try {
            byte[] plain = isCompressed ? inflate(bytes) : bytes;
            if (listener != null && isText) {
                listener.text(new String(plain, StandardCharsets.UTF_8));
            } else if (listener != null) {
                listener.binary(plain);
            }
        } catch (TooLongException tooLong) {
            close(TOO_BIG);
        } catch (DataFormatException damaged) {
            close(PROTOCOL_ERROR);
        }
    }

    private byte[] inflate(byte[] bytes) throws DataFormatException, TooLongException {
        if (compression == null) {
            throw new DataFormatException("compression was not agreed upon");
        }
        return compression.inflate(bytes, bytesMax);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable() && listener != null) {
            listener.writable();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        isClosing = true;
        if (compression != null) {
            compression.close();
        }
        if (listener != null) {
            listener.closed();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("event=scripted-home-socket-failed", cause);
        cut();
    }
}
