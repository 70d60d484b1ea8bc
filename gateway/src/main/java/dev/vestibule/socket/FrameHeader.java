package dev.vestibule.socket;

/// The header of a websocket frame (RFC 6455 section 5.2).
///
/// @param isFinal whether the message ends with this frame
/// @param isCompressed the first reserved bit: the message is compressed (RFC 7692 section 6)
/// @param mask the masking key, read only where the frame is masked
record FrameHeader(
        boolean isFinal,
        boolean isCompressed,
        int opcode,
        boolean isMasked,
        int mask,
        long length) {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    boolean isControl() {
        return (opcode & 8) != 0;
    }
}
