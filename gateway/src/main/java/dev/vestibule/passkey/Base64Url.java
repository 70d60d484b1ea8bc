package dev.vestibule.passkey;

import java.util.Base64;
import java.util.Optional;

/// Base64url without padding, as WebAuthn writes bytes in JSON (RFC 4648 section 5).
final class Base64Url {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64Url() {}

    static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /// The bytes, where the text is what [#encode] writes for them and nothing else: an id that can
    /// be written in two ways would be two rows.
    static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /// What was written by us.
    static byte[] decodeOwn(String text) {
        return decode(text)
                .orElseThrow(() -> new IllegalStateException("no base64url in the store"));
    }
}
