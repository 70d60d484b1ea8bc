package dev.vestibule.socket;

import io.netty.buffer.ByteBuf;

import java.io.ByteArrayOutputStream;

/// Puts frames together to whole messages, and inflates them. Belongs to one connection and
/// direction.
final class MessageAssembler implements FrameParser.Sink {

    /// Takes whole messages and control frames, in order.
    interface Sink {

        /// @param opcode text, binary, close, ping or pong
        /// @param payload the receiver's to keep and to change
        void onMessage(int opcode, byte[] payload);
    }

    private final boolean isCompressionAgreed;
    private final MessageMemory memory;
    private final Sink sink;
    private final ByteArrayOutputStream control = new ByteArrayOutputStream(0);
    private ByteArrayOutputStream message = new ByteArrayOutputStream(0);
    private int lengthMax;
    private int taken;
    private int opcode = FrameHeader.CONTINUATION;
    private boolean isCompressed;

    /// @param memory what long messages are counted against; see [#close()]
    MessageAssembler(boolean isCompressionAgreed, int lengthMax, MessageMemory memory, Sink sink) {
        this.isCompressionAgreed = isCompressionAgreed;
        this.lengthMax = lengthMax;
        this.memory = memory;
        this.sink = sink;
    }

    /// Changes how long a message may be, inflated or not.
    void allow(int bytes) {
        lengthMax = bytes;
    }

    @Override
    public void onHeader(FrameHeader header) {
        if (header.isControl()) {
            return;
        }
        boolean isFirst = header.opcode() != FrameHeader.CONTINUATION;
        boolean isUnderWay = opcode != FrameHeader.CONTINUATION;
        if (isFirst == isUnderWay) {
            throw new FrameViolation(FrameViolation.PROTOCOL_ERROR, "frames are out of order");
        }
        if (header.isCompressed() && !(isFirst && isCompressionAgreed)) {
            throw new FrameViolation(FrameViolation.PROTOCOL_ERROR, "compression was not agreed");
        }
        if (isFirst) {
            opcode = header.opcode();
            isCompressed = header.isCompressed();
        }
        if (header.length() > lengthMax - message.size()) {
            throw new FrameViolation(FrameViolation.TOO_BIG, "a message is too long");
        }
    }

    @Override
    public void onPayload(FrameHeader header, ByteBuf part, boolean isLast) {
        ByteArrayOutputStream target = header.isControl() ? control : message;
        if (!header.isControl()) {
            taken = memory.grow(taken, message.size() + part.readableBytes());
        }
        byte[] bytes = new byte[part.readableBytes()];
        part.readBytes(bytes);
        target.writeBytes(bytes);
        if (!isLast || !header.isFinal()) {
            return;
        }
        byte[] whole = target.toByteArray();
        if (header.isControl()) {
            control.reset();
            sink.onMessage(header.opcode(), whole);
            return;
        }
        close();
        int kind = opcode;
        opcode = FrameHeader.CONTINUATION;
        sink.onMessage(kind, isCompressed ? Deflate.inflate(whole, lengthMax) : whole);
    }

    /// Forgets the message that is under way. Must be called when the connection has ended, where
    /// the memory is shared with others.
    void close() {
        message = new ByteArrayOutputStream(0);
        memory.give(taken);
        taken = 0;
    }
}
