package dev.vestibule.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

import java.util.List;

/// Reads Home Assistant's answers, and refuses those that can be read in two ways: then a
/// [DecoderException] goes through the pipeline and nothing more is read. So are bytes that answer
/// nothing (attack: an answer behind an answer becomes the next client's). One per connection.
public final class StrictResponseDecoder extends HttpResponseDecoder {

    private static final int LINE_MAX = 8 * 1024;
    private static final int HEAD_MAX = 128 * 1024;
    private static final int PIECE_MAX = 64 * 1024;

    private final HeadCheck head = new HeadCheck(LINE_MAX, HEAD_MAX, false);
    private boolean isInHead = true;
    private boolean isBroken;
    private boolean isAwaited;
    private boolean isInterim;
    private boolean answersHead;

    public StrictResponseDecoder() {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(LINE_MAX)
                        .setMaxHeaderSize(HEAD_MAX)
                        .setMaxChunkSize(PIECE_MAX)
                        .setStrictLineParsing(true)
                        .setUseRfc9112TransferEncoding(true)
                        .setAllowDuplicateContentLengths(false));
    }

    /// Says before each request that an answer is awaited from here on, and whether the request is
    /// HEAD, whose answer has no body whatever its headers say (RFC 9112 section 6.3).
    public void expectAnswerTo(boolean isHead) {
        isAwaited = true;
        answersHead = isHead;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return answersHead || super.isContentAlwaysEmpty(message);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws Exception {
        if (isBroken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!isAwaited) {
            isBroken = true;
            throw new DecoderException("an answer to nothing");
        }
        if (isInHead && !isHeadWhole(in)) {
            return;
        }
        int before = out.size();
        super.decode(ctx, in, out);
        for (int i = before; i < out.size(); i++) {
            follow(out.get(i));
        }
    }

    private boolean isHeadWhole(ByteBuf in) {
        return switch (head.check(in)) {
            case COMPLETE -> true;
            case INCOMPLETE -> false;
            case AMBIGUOUS, FIRST_LINE_TOO_LONG, HEAD_TOO_LARGE -> {
                isBroken = true;
                throw new DecoderException("the head of an answer can be read in two ways");
            }
        };
    }

    private void follow(Object part) {
        if (part instanceof HttpResponse response) {
            isInHead = false;
            isInterim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        if (part instanceof LastHttpContent) {
            isInHead = true;
            isAwaited = isInterim;
            head.reset();
        }
    }
}
