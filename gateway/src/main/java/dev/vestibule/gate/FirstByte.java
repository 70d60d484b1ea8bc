package dev.vestibule.gate;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

import java.nio.charset.StandardCharsets;

/// Tells TLS from plain http by the first byte, and says so to whoever speaks the latter: people
/// write `http://` into their browser. One per connection, on its event loop.
final class FirstByte extends ChannelInboundHandlerAdapter {

    /// The type of the record that a handshake begins with (RFC 8446 section 5.1).
    private static final int HANDSHAKE = 22;

    private static final String SENTENCE = "This port speaks https only. Begin with https://.\n";

    private static final String ANSWER =
            "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length:"
                    + " "
                    + SENTENCE.length()
                    + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
                    + SENTENCE;

    private final Deadlines deadlines;
    private boolean isRefused;

    FirstByte(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (isRefused || !(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
            ReferenceCountUtil.release(message);
            return;
        }
        int first = bytes.getByte(bytes.readerIndex());
        if (first == HANDSHAKE) {
            ctx.fireChannelRead(message);
            ctx.pipeline().remove(this);
            return;
        }
        isRefused = true;
        bytes.release();
        if (first >= 'A' && first <= 'Z') {
            answer(ctx);
        } else {
            var _ = ctx.close();
        }
    }

    private void answer(ChannelHandlerContext ctx) {
        Channel channel = ctx.channel();
        Deadline deadline =
                new Deadline(
                        channel,
                        () -> {
                            var _ = channel.close();
                        });
        deadline.in(deadlines.linger());
        channel.closeFuture().addListener(_ -> deadline.cancel());
        ctx.writeAndFlush(Unpooled.copiedBuffer(ANSWER, StandardCharsets.US_ASCII))
                .addListener(_ -> Lingering.begin(channel, false));
    }
}
