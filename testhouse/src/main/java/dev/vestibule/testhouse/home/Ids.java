package dev.vestibule.testhouse.home;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/// Identifiers and secrets in the forms that Home Assistant gives them.
final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    static String hex(int bytes) {
        return HexFormat.of().formatHex(random(bytes));
    }

    /// Of users, tokens, codes and flows: 32 digits.
    static String id() {
        return hex(16);
    }

    /// Of contexts: 26 characters.
    static String contextId() {
        return "01" + hex(12).toUpperCase(Locale.ROOT);
    }
}
