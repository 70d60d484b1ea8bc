package dev.vestibule.gate;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/// Collects the body of a request for a handler of ours, up to the route's limit.
final class Collecting implements Turn {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private final long bytesMax;
    private final Consumer<byte[]> whole;
    private final Runnable tooLarge;
    private boolean isOver;

    /// @param whole gets the body, once
    /// @param tooLarge is run instead, once, where there is more than may be
    Collecting(long bytesMax, Consumer<byte[]> whole, Runnable tooLarge) {
        this.bytesMax = bytesMax;
        this.whole = whole;
        this.tooLarge = tooLarge;
    }

    @Override
    public void content(HttpContent content) {
        boolean isLast = content instanceof LastHttpContent;
        byte[] piece = new byte[isOver ? 0 : content.content().readableBytes()];
        content.content().readBytes(piece);
        content.release();
        if (isOver) {
            return;
        }
        if (body.size() + (long) piece.length > bytesMax) {
            isOver = true;
            tooLarge.run();
            return;
        }
        body.writeBytes(piece);
        if (isLast) {
            isOver = true;
            whole.accept(body.toByteArray());
        }
    }
}
