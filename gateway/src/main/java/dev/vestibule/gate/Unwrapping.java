package dev.vestibule.gate;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;

import java.util.concurrent.Executor;

import javax.net.ssl.SSLEngine;

/// TLS of one connection, which takes its share of the memory for what is unfinished: half a record
/// and, until the handshake is done, all of the handshake (attack: thousands of connections that
/// each send most of it and wait).
final class Unwrapping extends SslHandler {

    /// More than any handshake with a chain of certificates has.
    private static final int HANDSHAKE_MAX = 64 * 1024;

    private final HeldBytes.Holding held;
    private int handshakeBytes;

    Unwrapping(SSLEngine engine, Executor handshakes, Listener.Limits limits, Channel channel) {
        super(engine, handshakes);
        this.held = limits.held().by(channel);
        setHandshakeTimeoutMillis(limits.deadlines().firstHead().toMillis());
        setCloseNotifyFlushTimeoutMillis(limits.deadlines().linger().toMillis());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof ByteBuf bytes && !handshakeFuture().isDone()) {
            handshakeBytes += bytes.readableBytes();
        }
        super.channelRead(ctx, message);
        count(ctx);
    }

    private void count(ChannelHandlerContext ctx) {
        boolean isOver = ctx.isRemoved() || !ctx.channel().isActive();
        int unfinished = handshakeFuture().isDone() ? actualReadableBytes() : handshakeBytes;
        if (!held.change(isOver ? 0 : unfinished) || unfinished > HANDSHAKE_MAX) {
            var _ = ctx.channel().close();
        }
    }

    @Override
    public void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        super.handlerRemoved0(ctx);
        held.letGo();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        super.channelInactive(ctx);
        held.letGo();
    }
}
