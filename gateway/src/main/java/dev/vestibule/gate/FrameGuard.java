package dev.vestibule.gate;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;

/// Looks at the frames of an HTTP/2 connection as they come in, before they are read. One per
/// connection, on its event loop; it only counts, and lets every byte through as it is.
///
/// - Frames that carry no request and no body have a budget (attacks: floods of SETTINGS, PING,
///   RST_STREAM, empty DATA; CVE-2019-9512, CVE-2019-9514, CVE-2019-9515, CVE-2019-9518,
///   CVE-2023-44487).
/// - Unfinished frames and header blocks share the memory for what is unfinished (attack: thousands
///   of connections that each send most of a large head and wait; CVE-2024-27316).
final class FrameGuard extends ChannelInboundHandlerAdapter {

    /// Of a page that is left while it loads, and some more.
    static final int BUDGET = 400;

    private static final int REFILL_PER_SECOND = 40;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int HEADER = Http2CodecUtil.FRAME_HEADER_LENGTH;

    private final HeldBytes.Holding held;
    private final byte[] header = new byte[HEADER];
    private int prefaceLeft = Http2CodecUtil.connectionPrefaceBuf().readableBytes();
    private int headerRead;
    private int payloadLeft;
    private int payloadRead;
    private int blockBytes;
    private double budget = BUDGET;
    private long budgetAtNanos = System.nanoTime();

    FrameGuard(HeldBytes.Holding held) {
        this.held = held;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        boolean isBearable = !(message instanceof ByteBuf bytes) || look(bytes);
        count(ctx);
        ctx.fireChannelRead(message);
        if (!isBearable) {
            // The codec says farewell (RFC 9113 section 10.5).
            ctx.fireExceptionCaught(
                    Http2Exception.connectionError(
                            Http2Error.ENHANCE_YOUR_CALM, "frames that say nothing"));
        }
    }

    private boolean look(ByteBuf bytes) {
        boolean isBearable = true;
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        int preface = Math.min(prefaceLeft, end - at);
        prefaceLeft -= preface;
        at += preface;
        while (at < end) {
            if (headerRead < HEADER) {
                header[headerRead++] = bytes.getByte(at++);
                if (headerRead == HEADER) {
                    isBearable &= begin();
                }
            } else {
                int piece = Math.min(payloadLeft, end - at);
                payloadLeft -= piece;
                payloadRead += piece;
                at += piece;
            }
            if (headerRead == HEADER && payloadLeft == 0) {
                finish();
            }
        }
        return isBearable;
    }

    /// @return false where the budget is spent
    private boolean begin() {
        payloadLeft = ((header[0] & 0xFF) << 16) | ((header[1] & 0xFF) << 8) | (header[2] & 0xFF);
        payloadRead = 0;
        return saysSomething() || spend();
    }

    private boolean saysSomething() {
        return switch (header[3]) {
            case Http2FrameTypes.HEADERS, Http2FrameTypes.WINDOW_UPDATE -> true;
            case Http2FrameTypes.DATA -> payloadLeft > 0 || flags().endOfStream();
            default -> false;
        };
    }

    private boolean spend() {
        long now = System.nanoTime();
        double refilled = (double) (now - budgetAtNanos) * REFILL_PER_SECOND / NANOS_PER_SECOND;
        budget = Math.min(BUDGET, budget + refilled) - 1;
        budgetAtNanos = now;
        return budget >= 0;
    }

    private void finish() {
        if (header[3] == Http2FrameTypes.HEADERS || header[3] == Http2FrameTypes.CONTINUATION) {
            blockBytes = flags().endOfHeaders() ? 0 : blockBytes + payloadRead;
        }
        headerRead = 0;
        payloadRead = 0;
    }

    private Http2Flags flags() {
        return new Http2Flags(header[4]);
    }

    private void count(ChannelHandlerContext ctx) {
        if (!held.change(ctx.channel().isActive() ? blockBytes + payloadRead : 0)) {
            var _ = ctx.channel().close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        held.letGo();
        ctx.fireChannelInactive();
    }
}
