package dev.vestibule.testhouse.home;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Compression of websocket messages (RFC 7692), negotiated as aiohttp does: the first offer that
/// can be kept is taken, and of its parameters only `server_no_context_takeover` is confirmed. A
/// smaller window than 15 bits is not on offer here. Lives on the event loop; holds memory outside
/// the heap until it is closed.
final class PerMessageDeflate implements AutoCloseable {

    private static final String NAME = "permessage-deflate";
    private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
    private static final Set<String> HARMLESS =
            Set.of("client_no_context_takeover", "client_max_window_bits");
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final int PIECE = 16 << 10;

    /// What was agreed.
    record Agreement(boolean isServerContextKept) {

        String header() {
            return isServerContextKept ? NAME : NAME + "; " + SERVER_NO_CONTEXT;
        }
    }

    /// The message is longer than allowed.
    static final class TooLongException extends Exception {
        private static final long serialVersionUID = 1;
    }

    private final Agreement agreement;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);

    PerMessageDeflate(Agreement agreement) {
        this.agreement = agreement;
    }

    static Optional<Agreement> negotiate(List<String> headers) {
        return headers.stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(PerMessageDeflate::agree)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Agreement> agree(String offer) {
        String[] parts = offer.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
        if (!parts[0].equals(NAME)) {
            return Optional.empty();
        }
        boolean isContextKept = true;
        for (int i = 1; i < parts.length; i++) {
            String name = parts[i].split("\\s*=", 2)[0];
            if (name.equals(SERVER_NO_CONTEXT)) {
                isContextKept = false;
            } else if (!HARMLESS.contains(name) && !parts[i].equals("server_max_window_bits=15")) {
                return Optional.empty();
            }
        }
        return Optional.of(new Agreement(isContextKept));
    }

    byte[] deflate(byte[] message) {
        var compressed = new ByteArrayOutputStream(message.length / 4 + 32);
        byte[] piece = new byte[PIECE];
        deflater.setInput(message);
        int length;
        do {
            length = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
            compressed.write(piece, 0, length);
        } while (length == piece.length);
        if (!agreement.isServerContextKept()) {
            deflater.reset();
        }
        byte[] all = compressed.toByteArray();
        // RFC 7692 section 7.2.1: the empty block at the end is not sent.
        return java.util.Arrays.copyOf(all, all.length - TAIL.length);
    }

    byte[] inflate(byte[] message, int bytesMax) throws DataFormatException, TooLongException {
        var inflated = new ByteArrayOutputStream(Math.min(4 * message.length + 32, bytesMax));
        inflater.setInput(message);
        drain(inflated, bytesMax);
        inflater.setInput(TAIL);
        drain(inflated, bytesMax);
        return inflated.toByteArray();
    }

    private void drain(ByteArrayOutputStream inflated, int bytesMax)
            throws DataFormatException, TooLongException {
        byte[] piece = new byte[PIECE];
        int length;
        do {
            length = inflater.inflate(piece);
            inflated.write(piece, 0, length);
            if (inflated.size() > bytesMax) {
                throw new TooLongException();
            }
        } while (length > 0 || (!inflater.needsInput() && !inflater.finished()));
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
