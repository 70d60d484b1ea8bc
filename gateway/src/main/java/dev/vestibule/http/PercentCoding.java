package dev.vestibule.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Percent-encoding (RFC 3986 section 2.1) over UTF-8, strict in both directions.
public final class PercentCoding {

    private static final String PATH_LITERALS = "-._~!$&'()*+,;=:@";
    private static final String QUERY_LITERALS = "-._~";
    private static final String HEX = "0123456789ABCDEF";

    private PercentCoding() {}

    /// Decodes once.
    ///
    /// @throws BadRequest for a broken escape or bytes that are no UTF-8
    public static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            } else {
                bytes.write(escapedByte(text, i));
                i += 2;
            }
        }
        return strictUtf8(bytes.toByteArray());
    }

    private static int escapedByte(String text, int at) {
        int high = at + 2 < text.length() ? hexDigit(text.charAt(at + 1)) : -1;
        int low = at + 2 < text.length() ? hexDigit(text.charAt(at + 2)) : -1;
        if (high < 0 || low < 0) {
            throw new BadRequest("A percent escape is broken.");
        }
        return high * 16 + low;
    }

    static int hexDigit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static String strictUtf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException unreadable) {
            throw new BadRequest("A percent escape is not UTF-8.");
        }
    }

    /// Encodes a value for a query: only what is unreserved (RFC 3986 section 2.3) stays.
    public static String encode(String value) {
        return encode(value, QUERY_LITERALS);
    }

    /// Encodes a decoded path segment: what a segment may hold literally (RFC 3986 section 3.3)
    /// stays, all else is escaped.
    static String encodeSegment(String segment) {
        return encode(segment, PATH_LITERALS);
    }

    private static String encode(String text, String literals) {
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            int value = b & 0xFF;
            if (isLiteral(value, literals)) {
                encoded.append((char) value);
            } else {
                encoded.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean isLiteral(int c, String literals) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || (c < 128 && literals.indexOf(c) >= 0);
    }
}
