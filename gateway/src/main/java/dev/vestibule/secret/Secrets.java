package dev.vestibule.secret;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// The one source of randomness. Safe to share between threads.
public final class Secrets {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final RandomGenerator random;

    public Secrets() {
        this(new SecureRandom());
    }

    /// Tests hand in a generator that repeats itself.
    public Secrets(RandomGenerator random) {
        this.random = random;
    }

    /// 256 random bits as 43 characters of base64url.
    public Secret randomToken() {
        return new Secret(BASE64URL.encodeToString(randomBytes(32)));
    }

    /// Characters of an alphabet, each as likely as any other.
    String randomText(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    public byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// A version 7 UUID (RFC 9562 section 5.7): 48 bits of milliseconds, then random bits, so that
    /// rows made later sort later.
    public UUID randomId(InstantSource time) {
        byte[] bytes = randomBytes(16);
        long millis = time.instant().toEpochMilli();
        long high = (millis << 16) | 0x7000L | ((bytes[0] & 0x0FL) << 8) | (bytes[1] & 0xFFL);
        long low = 0;
        for (int i = 8; i < 16; i++) {
            low = (low << 8) | (bytes[i] & 0xFFL);
        }
        return new UUID(high, (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }
}
