package dev.vestibule.testhouse.home;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// Bytes of any number that are the same every time and do not compress to nothing.
final class Filling {

    private static final int BLOCK = 64 << 10;

    private Filling() {}

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        int state = 1;
        for (int i = 0; i < count; i++) {
            state = state * 1_103_515_245 + 12_345;
            bytes[i] = (byte) (state >>> 16);
        }
        return bytes;
    }

    /// Sends so many bytes, no faster than they are taken.
    static void pour(Sink sink, long count) {
        new Pouring(sink, count).go();
    }

    /// The SHA-256 of what [#pour] sends, in hexadecimal.
    static String sha256(long count) {
        MessageDigest digest = newSha256();
        byte[] block = bytes(BLOCK);
        for (long left = count; left > 0; left -= block.length) {
            digest.update(block, 0, (int) Math.min(left, block.length));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static final class Pouring {
        private final Sink sink;
        private final byte[] block = bytes(BLOCK);
        private long left;

        private Pouring(Sink sink, long count) {
            this.sink = sink;
            this.left = count;
        }

        private void go() {
            sink.onWritable(this::pour);
            pour();
        }

        private void pour() {
            while (left > 0 && sink.isWritable()) {
                int length = (int) Math.min(left, block.length);
                left -= length;
                sink.write(length == block.length ? block : Arrays.copyOf(block, length));
                if (left == 0) {
                    sink.end();
                }
            }
        }
    }
}
