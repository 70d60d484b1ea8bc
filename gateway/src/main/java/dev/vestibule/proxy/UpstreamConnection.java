package dev.vestibule.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;

/// One connection to Home Assistant, and the exchange that it serves now. Stays on one event loop.
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    private final UpstreamPool pool;
    private final Channel channel;
    private final StrictResponseDecoder decoder;
    private @Nullable Exchange current;
    private boolean isReleased;
    private long idleSinceNanos;

    UpstreamConnection(UpstreamPool pool, Channel channel, StrictResponseDecoder decoder) {
        this.pool = pool;
        this.channel = channel;
        this.decoder = decoder;
    }

    void begin(Exchange exchange, boolean isHead) {
        current = exchange;
        decoder.expectAnswerTo(isHead);
    }

    /// Writes without flushing; a write that fails ends the connection.
    void write(Object part) {
        var _ = channel.write(part, channel.voidPromise());
    }

    void flush() {
        channel.flush();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    boolean isActive() {
        return channel.isActive();
    }

    void setReading(boolean isReading) {
        channel.config().setAutoRead(isReading);
    }

    /// The exchange is over. The next one may begin when all that was read is looked at: until then
    /// nobody knows whether something stands behind the answer.
    void release() {
        current = null;
        isReleased = true;
        setReading(true);
    }

    /// The next exchange may begin.
    void beIdle() {
        idleSinceNanos = System.nanoTime();
        pool.takeBack(this);
    }

    /// Closes the connection: it is in doubt, or not needed.
    void discard() {
        current = null;
        end();
    }

    /// It is never idle again, although its end may take a while, such as that of TLS.
    private void end() {
        isReleased = false;
        var _ = channel.close();
    }

    boolean isIdleSince(long beforeNanos) {
        return current == null && !isReleased && idleSinceNanos - beforeNanos < 0;
    }

    void endSilence(long beforeNanos) {
        Exchange exchange = current;
        if (exchange != null && exchange.isSilentSince(beforeNanos)) {
            lose(UpstreamFailure.SILENT);
        }
    }

    private void lose(UpstreamFailure why) {
        Exchange exchange = current;
        current = null;
        end();
        if (exchange != null) {
            exchange.lost(why);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Exchange exchange = current;
        if (exchange == null) {
            // The rest of what a connection said that was given up meanwhile.
            ReferenceCountUtil.release(message);
            discard();
            return;
        }
        switch (message) {
            case HttpResponse head -> exchange.received(head);
            case HttpContent content -> exchange.received(content);
            default -> {
                ReferenceCountUtil.release(message);
                lose(UpstreamFailure.DOUBTFUL);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (isReleased) {
            isReleased = false;
            beIdle();
        } else if (current != null) {
            current.readComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (current != null) {
            current.writabilityChanged(channel.isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pool.forget(this);
        lose(UpstreamFailure.BROKEN);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lose(cause instanceof DecoderException ? UpstreamFailure.DOUBTFUL : UpstreamFailure.BROKEN);
    }
}
