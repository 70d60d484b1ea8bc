package dev.vestibule.testhouse.passkey;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Writes the little CBOR that authenticators speak (RFC 8949, CTAP2 canonical form): whole
/// numbers, text, bytes, lists and maps, in the order in which they are given.
public final class Cbor {

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;

    private Cbor() {}

    /// @param value an `Integer`, `Long`, `String`, `byte[]`, `List` or `Map` of such values
    public static byte[] of(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, value);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, Object value) {
        switch (value) {
            case Integer number -> write(out, (long) number);
            case Long number when number >= 0 -> head(out, UNSIGNED, number);
            case Long number -> head(out, NEGATIVE, -1 - number);
            case byte[] bytes -> {
                head(out, BYTES, bytes.length);
                out.writeBytes(bytes);
            }
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                head(out, TEXT, bytes.length);
                out.writeBytes(bytes);
            }
            case List<?> list -> {
                head(out, LIST, list.size());
                list.forEach(element -> write(out, element));
            }
            case Map<?, ?> map -> {
                head(out, MAP, map.size());
                map.forEach(
                        (name, element) -> {
                            write(out, name);
                            write(out, element);
                        });
            }
            default -> throw new IllegalArgumentException("no CBOR here for " + value.getClass());
        }
    }

    private static void head(ByteArrayOutputStream out, int kind, long count) {
        int high = kind << 5;
        if (count < 24) {
            out.write(high | (int) count);
        } else if (count < 1 << 8) {
            out.write(high | 24);
            out.write((int) count);
        } else if (count < 1 << 16) {
            out.write(high | 25);
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) count).array());
        } else if (count < 1L << 32) {
            out.write(high | 26);
            out.writeBytes(ByteBuffer.allocate(4).putInt((int) count).array());
        } else {
            out.write(high | 27);
            out.writeBytes(ByteBuffer.allocate(8).putLong(count).array());
        }
    }
}
