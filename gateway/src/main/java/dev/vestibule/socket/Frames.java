package dev.vestibule.socket;

import dev.vestibule.secret.Secrets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import java.nio.charset.StandardCharsets;

/// Writes whole, uncompressed websocket frames. An uncompressed message is always allowed, also
/// where compression was agreed (RFC 7692 section 6).
final class Frames {

    private static final int HEADER_MAX = 14;
    private static final int FINAL = 0x80;

    private Frames() {}

    /// A frame from a server: unmasked.
    static ByteBuf fromServer(ByteBufAllocator buffers, int opcode, byte[] payload) {
        ByteBuf frame = buffers.buffer(HEADER_MAX + payload.length);
        writeHeader(frame, opcode, payload.length, 0);
        return frame.writeBytes(payload);
    }

    /// A frame from a client: masked with fresh randomness (RFC 6455 section 5.3). The payload is
    /// masked in place.
    static ByteBuf fromClient(
            ByteBufAllocator buffers, Secrets secrets, int opcode, byte[] payload) {
        byte[] mask = secrets.randomBytes(4);
        ByteBuf frame = buffers.buffer(HEADER_MAX + payload.length);
        writeHeader(frame, opcode, payload.length, 0x80);
        frame.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return frame.writeBytes(payload);
    }

    private static void writeHeader(ByteBuf frame, int opcode, int length, int maskBit) {
        frame.writeByte(FINAL | opcode);
        if (length <= 125) {
            frame.writeByte(maskBit | length);
        } else if (length <= 0xFFFF) {
            frame.writeByte(maskBit | 126).writeShort(length);
        } else {
            frame.writeByte(maskBit | 127).writeLong(length);
        }
    }

    /// The payload of a close frame (section 5.5.1).
    static byte[] close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return payload;
    }
}
