package dev.vestibule.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals values for the store with AES-256-GCM under the master key. Safe to share between threads.
///
/// A sealed value is text: `v1.KEYID.BASE64URL(nonce, ciphertext, tag)`. The place it is stored in
/// (table, row, column) is authenticated with it, so that a value moved to another row does not
/// open.
public final class Sealer {

    private static final String VERSION = "v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final MasterKey key;
    private final SecretKeySpec cipherKey;
    private final Secrets secrets;

    public Sealer(MasterKey key, Secrets secrets) {
        this.key = key;
        this.cipherKey = new SecretKeySpec(key.bytes(), "AES");
        this.secrets = secrets;
    }

    /// Where a sealed value lives; it opens nowhere else.
    public record Place(String table, String row, String column) {
        byte[] associatedData() {
            return (table + "\0" + row + "\0" + column).getBytes(StandardCharsets.UTF_8);
        }
    }

    /// Hashes with a key of its own that follows from the same master key.
    public KeyedHash hashFor(String purpose) {
        return new KeyedHash(key.bytes(), purpose);
    }

    public String seal(Secret value, Place place) {
        byte[] nonce = secrets.randomBytes(NONCE_BYTES);
        byte[] plain = value.reveal().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, plain, place);
        byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
        return VERSION
                + "."
                + key.id()
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    }

    /// @throws SealBroken where the value was sealed with another key, for another place, or
    ///   changed
    public Secret open(String sealed, Place place) {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(VERSION) || !parts[1].equals(key.id())) {
            throw new SealBroken(place, "sealed by another master key than " + key.id());
        }
        byte[] both = decoded(parts[2], place);
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        byte[] body = Arrays.copyOfRange(both, NONCE_BYTES, both.length);
        byte[] plain = run(Cipher.DECRYPT_MODE, nonce, body, place);
        return new Secret(new String(plain, StandardCharsets.UTF_8));
    }

    private static byte[] decoded(String text, Place place) {
        try {
            byte[] both = Base64.getUrlDecoder().decode(text);
            if (both.length >= NONCE_BYTES + TAG_BITS / Byte.SIZE) {
                return both;
            }
        } catch (IllegalArgumentException notBase64) {
            // Answered as what is too short.
        }
        throw new SealBroken(place, "cut short or written over");
    }

    private byte[] run(int mode, byte[] nonce, byte[] input, Place place) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, cipherKey, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.associatedData());
            return cipher.doFinal(input);
        } catch (GeneralSecurityException broken) {
            throw new SealBroken(place, broken.getClass().getSimpleName());
        }
    }

    /// A sealed value does not open: the database and the master key do not belong together, or
    /// somebody changed the database.
    public static final class SealBroken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SealBroken(Place place, String reason) {
            super(place.table() + "." + place.column() + " does not open: " + reason);
        }
    }
}
