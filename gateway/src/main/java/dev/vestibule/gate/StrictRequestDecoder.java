package dev.vestibule.gate;

import dev.vestibule.proxy.HeadCheck;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Reads requests one at a time, and refuses what others would repair.
///
/// After a request it holds back whatever the client sends next until [#proceed] says that the
/// answer is done, so that no request is looked at in the shadow of another (attack: pipelining
/// after a refusal, bytes behind a handshake). What it holds back is bounded: beyond that the
/// socket is not read.
final class StrictRequestDecoder extends HttpRequestDecoder {

    static final int TARGET_MAX = 16 * 1024;
    static final int HEAD_MAX = 32 * 1024;
    private static final int PIECE_MAX = 64 * 1024;
    private static final int HELD_MAX = 64 * 1024;
    private static final int FIRST_LINE_MAX = TARGET_MAX + 32;

    private final HeldBytes.Holding held;
    private final HeadCheck head = new HeadCheck(FIRST_LINE_MAX, HEAD_MAX, true);
    private boolean isInHead = true;
    private boolean isHolding;
    private boolean isBroken;
    private boolean isReading;
    private boolean mayBeginWithEmptyLine;
    private @Nullable ChannelHandlerContext context;

    StrictRequestDecoder(HeldBytes.Holding held) {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(FIRST_LINE_MAX)
                        .setMaxHeaderSize(HEAD_MAX)
                        .setMaxChunkSize(PIECE_MAX)
                        .setStrictLineParsing(true)
                        .setUseRfc9112TransferEncoding(true)
                        .setAllowDuplicateContentLengths(false));
        this.held = held;
    }

    /// A head that was refused before it was parsed; nothing follows it.
    record Doubt(int status, String sentence) {}

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /// Lets the next request come, which may be here already.
    void proceed() {
        isHolding = false;
        ChannelHandlerContext ctx = context;
        if (!isReading && ctx != null && !ctx.isRemoved()) {
            try {
                channelRead(ctx, Unpooled.EMPTY_BUFFER);
                channelReadComplete(ctx);
            } catch (Exception broken) {
                ctx.fireExceptionCaught(broken);
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        boolean isOutermost = !isReading;
        isReading = true;
        try {
            super.channelRead(ctx, message);
        } finally {
            isReading = !isOutermost;
        }
        if (isHolding && !ctx.isRemoved() && actualReadableBytes() > HELD_MAX) {
            ctx.channel().config().setAutoRead(false);
        }
        if (isOutermost) {
            count(ctx);
        }
    }

    private void count(ChannelHandlerContext ctx) {
        boolean isOver = ctx.isRemoved() || !ctx.channel().isActive();
        if (!held.change(isOver ? 0 : actualReadableBytes())) {
            var _ = ctx.channel().close();
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        super.handlerRemoved0(ctx);
        held.letGo();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        super.channelInactive(ctx);
        held.letGo();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws Exception {
        if (isHolding) {
            return;
        }
        if (isBroken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (isInHead && !isHeadWhole(in, out)) {
            return;
        }
        int before = out.size();
        super.decode(ctx, in, out);
        for (int i = before; i < out.size(); i++) {
            follow(out.get(i));
        }
    }

    private boolean isHeadWhole(ByteBuf in, List<Object> out) {
        skipOneEmptyLine(in);
        return switch (head.check(in)) {
            case COMPLETE -> true;
            case INCOMPLETE -> false;
            case AMBIGUOUS -> refuse(in, out, 400, "The request can be read in two ways.");
            case FIRST_LINE_TOO_LONG -> refuse(in, out, 414, "The address is too long.");
            case HEAD_TOO_LARGE -> refuse(in, out, 431, "The headers are too large.");
        };
    }

    /// RFC 9112 section 2.2: some old clients end a body with a line that does not belong to it.
    private void skipOneEmptyLine(ByteBuf in) {
        int at = in.readerIndex();
        if (mayBeginWithEmptyLine
                && in.readableBytes() >= 2
                && in.getByte(at) == '\r'
                && in.getByte(at + 1) == '\n') {
            in.skipBytes(2);
            head.reset();
            mayBeginWithEmptyLine = false;
        }
    }

    private boolean refuse(ByteBuf in, List<Object> out, int status, String sentence) {
        isBroken = true;
        in.skipBytes(in.readableBytes());
        out.add(new Doubt(status, sentence));
        return false;
    }

    private void follow(Object part) {
        if (part instanceof HttpRequest) {
            isInHead = false;
        }
        if (part instanceof LastHttpContent) {
            isInHead = true;
            isHolding = true;
            mayBeginWithEmptyLine = true;
            head.reset();
        }
    }
}
