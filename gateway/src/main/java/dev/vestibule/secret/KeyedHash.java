package dev.vestibule.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA-256 with a key that follows from the master key: for what could be guessed, such as a
/// name, and must be recognised without being kept. Without the master key nobody can try guesses
/// on a hash. Safe to share between threads.
public final class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /// @param purpose hashes for one purpose cannot be compared with those for another
    KeyedHash(byte[] masterKey, String purpose) {
        this.key = keyOf(hmac(keyOf(masterKey), purpose));
    }

    private static SecretKeySpec keyOf(byte[] bytes) {
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    /// @return 64 hexadecimal digits
    public String of(String text) {
        return HexFormat.of().formatHex(hmac(key, text));
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }
}
