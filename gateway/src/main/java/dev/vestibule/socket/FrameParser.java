package dev.vestibule.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

/// Cuts a stream of bytes into websocket frames (RFC 6455 section 5.2) as they come, without
/// collecting them: a frame of any length needs no memory. Belongs to one connection and direction.
final class FrameParser {

    private static final int HEADER_MAX = 14;

    /// Takes what was cut.
    interface Sink {

        void onHeader(FrameHeader header);

        /// A part of the payload, unmasked. Valid during the call only.
        void onPayload(FrameHeader header, ByteBuf part, boolean isLast);
    }

    private final boolean isMaskExpected;
    private final Sink sink;
    private final byte[] head = new byte[HEADER_MAX];
    private int headLength;
    private @Nullable FrameHeader current;
    private long remaining;

    /// @param isMaskExpected true for what a client sends, and false for what a server sends; the
    ///   other is a violation (section 5.1)
    FrameParser(boolean isMaskExpected, Sink sink) {
        this.isMaskExpected = isMaskExpected;
        this.sink = sink;
    }

    /// Whether the next byte begins a frame.
    boolean isBetweenFrames() {
        return current == null && headLength == 0;
    }

    /// Reads all that is there; masked payload is unmasked in place.
    ///
    /// @throws FrameViolation where this is no websocket
    void parse(ByteBuf in) {
        while (in.isReadable()) {
            FrameHeader frame = current;
            if (frame == null) {
                readHeader(in);
            } else {
                readPayload(frame, in);
            }
        }
    }

    private void readHeader(ByteBuf in) {
        head[headLength++] = in.readByte();
        if (headLength < 2 || headLength < 2 + extraHeaderBytes()) {
            return;
        }
        FrameHeader frame = header();
        headLength = 0;
        sink.onHeader(frame);
        if (frame.length() == 0) {
            sink.onPayload(frame, Unpooled.EMPTY_BUFFER, true);
        } else {
            current = frame;
            remaining = frame.length();
        }
    }

    private int extraHeaderBytes() {
        int length = head[1] & 0x7F;
        int lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        return lengthBytes + (isMasked() ? 4 : 0);
    }

    private boolean isMasked() {
        return (head[1] & 0x80) != 0;
    }

    private FrameHeader header() {
        int first = head[0] & 0xFF;
        if ((first & 0x30) != 0) {
            throw new FrameViolation(FrameViolation.PROTOCOL_ERROR, "a reserved bit is set");
        }
        if (isMasked() != isMaskExpected) {
            throw new FrameViolation(FrameViolation.PROTOCOL_ERROR, "masking is wrong");
        }
        int at = 2;
        long length = head[1] & 0x7F;
        if (length == 126) {
            length = number(at, 2);
            at += 2;
            checkMinimal(length, 125);
        } else if (length == 127) {
            length = number(at, 8);
            at += 8;
            checkMinimal(length, 0xFFFF);
        }
        int mask = isMasked() ? (int) number(at, 4) : 0;
        FrameHeader frame =
                new FrameHeader(
                        (first & 0x80) != 0,
                        (first & 0x40) != 0,
                        first & 0x0F,
                        isMasked(),
                        mask,
                        length);
        checkControl(frame);
        return frame;
    }

    private long number(int at, int bytes) {
        long value = 0;
        for (int i = at; i < at + bytes; i++) {
            value = (value << 8) | (head[i] & 0xFF);
        }
        return value;
    }

    /// A length has one spelling, the shortest; the highest bit is zero.
    private static void checkMinimal(long length, long shorter) {
        if (length < 0 || length <= shorter) {
            throw new FrameViolation(FrameViolation.PROTOCOL_ERROR, "a length is misspelt");
        }
    }

    /// Section 5.5: control frames are short, whole and never compressed.
    private static void checkControl(FrameHeader frame) {
        boolean isKnown = frame.opcode() <= 2 || (frame.opcode() >= 8 && frame.opcode() <= 10);
        boolean isSane =
                !frame.isControl()
                        || (frame.isFinal() && !frame.isCompressed() && frame.length() <= 125);
        if (!isKnown || !isSane) {
            throw new FrameViolation(FrameViolation.PROTOCOL_ERROR, "a frame is malformed");
        }
    }

    private void readPayload(FrameHeader frame, ByteBuf in) {
        int length = (int) Math.min(remaining, in.readableBytes());
        ByteBuf part = in.readSlice(length);
        if (frame.isMasked()) {
            unmask(part, frame.mask(), (int) ((frame.length() - remaining) & 3));
        }
        remaining -= length;
        boolean isLast = remaining == 0;
        if (isLast) {
            current = null;
        }
        sink.onPayload(frame, part, isLast);
    }

    private static void unmask(ByteBuf part, int mask, int offset) {
        int rotated = Integer.rotateLeft(mask, offset * 8);
        int at = part.readerIndex();
        int end = part.writerIndex();
        for (; at + 4 <= end; at += 4) {
            part.setInt(at, part.getInt(at) ^ rotated);
        }
        for (int shift = 24; at < end; at++, shift -= 8) {
            part.setByte(at, part.getByte(at) ^ (rotated >>> shift));
        }
    }
}
