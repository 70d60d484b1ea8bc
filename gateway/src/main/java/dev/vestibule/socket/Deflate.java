package dev.vestibule.socket;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Compression of messages (RFC 7692), always without context takeover in both directions, so that
/// each message stands alone: one can be swallowed, and one of ours put in between.
final class Deflate {

    static final String EXTENSION = "sec-websocket-extensions";

    /// What is agreed with the client, and what is offered to Home Assistant.
    static final String WITHOUT_CONTEXT =
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    private static final String NAME = "permessage-deflate";
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final int CHUNK = 8_192;

    private Deflate() {}

    /// Whether one of the client's offers can be accepted (section 5). Both limits on context may
    /// be answered although the offer names neither (sections 7.1.1.1 and 7.1.1.2). A limit on the
    /// server's window cannot be kept: what Home Assistant compressed is relayed as it is.
    static boolean accepts(List<String> offers) {
        return offers.stream()
                .flatMap(line -> List.of(line.split(",", 17)).stream().limit(16))
                .anyMatch(Deflate::isAcceptable);
    }

    private static boolean isAcceptable(String offer) {
        List<String> parts = parts(offer);
        return parts.getFirst().equals(NAME)
                && parts.stream().skip(1).allMatch(Deflate::isHarmless)
                && parts.stream().distinct().count() == parts.size();
    }

    private static List<String> parts(String extension) {
        return List.of(extension.split(";", -1)).stream()
                .map(part -> part.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean isHarmless(String parameter) {
        return parameter.equals("server_no_context_takeover")
                || parameter.equals("client_no_context_takeover")
                || parameter.equals("client_max_window_bits")
                || parameter.matches("client_max_window_bits=\"?(8|9|1[0-5])\"?")
                || parameter.matches("server_max_window_bits=\"?15\"?");
    }

    /// What Home Assistant made of the offer.
    enum Agreement {
        /// It compresses, each message by itself.
        COMPRESSED,
        /// It does not compress.
        PLAIN,
        /// It wants something else: connect again without an offer.
        UNUSABLE
    }

    static Agreement read(Optional<String> answer) {
        if (answer.isEmpty() || answer.get().isBlank()) {
            return Agreement.PLAIN;
        }
        List<String> parts = parts(answer.get());
        return parts.getFirst().equals(NAME) && parts.contains("server_no_context_takeover")
                ? Agreement.COMPRESSED
                : Agreement.UNUSABLE;
    }

    /// Inflates one whole message (section 7.2.2).
    ///
    /// @throws FrameViolation where it is broken, or longer than allowed (attack: a small message
    ///   that inflates to gigabytes)
    static byte[] inflate(byte[] compressed, int lengthMax) {
        Inflater inflater = new Inflater(true);
        try {
            ByteArrayOutputStream message = new ByteArrayOutputStream(compressed.length * 3);
            byte[] chunk = new byte[CHUNK];
            inflater.setInput(compressed);
            drain(inflater, chunk, message, lengthMax);
            inflater.setInput(TAIL);
            drain(inflater, chunk, message, lengthMax);
            return message.toByteArray();
        } catch (DataFormatException broken) {
            throw new FrameViolation(FrameViolation.INVALID_PAYLOAD, "a message does not inflate");
        } finally {
            inflater.end();
        }
    }

    private static void drain(
            Inflater inflater, byte[] chunk, ByteArrayOutputStream message, int lengthMax)
            throws DataFormatException {
        int count = inflater.inflate(chunk);
        while (count > 0) {
            if (message.size() + count > lengthMax) {
                throw new FrameViolation(FrameViolation.TOO_BIG, "a message is too long");
            }
            message.write(chunk, 0, count);
            count = inflater.inflate(chunk);
        }
        if (inflater.needsDictionary()) {
            throw new FrameViolation(FrameViolation.INVALID_PAYLOAD, "a message does not inflate");
        }
    }
}
