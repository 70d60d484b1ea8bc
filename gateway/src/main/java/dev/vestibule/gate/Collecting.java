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
    private final HeldBytes.Holding held;
    private final Runnable tooMuch;
    private boolean isOver;

    /// @param whole gets the body, once
    /// @param tooLarge is run instead, once, where there is more than may be
    /// @param held counts what this body has of the memory that all bodies share
    /// @param tooMuch is run instead, once, where that is more than there may be
    Collecting(
            long bytesMax,
            Consumer<byte[]> whole,
            Runnable tooLarge,
            HeldBytes.Holding held,
            Runnable tooMuch) {
        this.bytesMax = bytesMax;
        this.whole = whole;
        this.tooLarge = tooLarge;
        this.held = held;
        this.tooMuch = tooMuch;
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
            end();
            tooLarge.run();
            return;
        }
        body.writeBytes(piece);
        if (!held.change(body.size())) {
            end();
            tooMuch.run();
        } else if (isLast) {
            end();
            whole.accept(body.toByteArray());
        }
    }

    private void end() {
        isOver = true;
        held.letGo();
    }

    @Override
    public void gone() {
        end();
    }
}
