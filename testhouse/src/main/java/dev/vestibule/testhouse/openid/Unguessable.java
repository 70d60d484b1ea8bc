package dev.vestibule.testhouse.openid;

import java.security.SecureRandom;
import java.util.Base64;

/// Codes, tokens and identifiers that nobody can guess: 256 bits, base64url.
final class Unguessable {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Unguessable() {}

    static String text() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
