package dev.vestibule.emergency;

import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;

import java.util.Locale;
import java.util.Optional;

/// The code that the console prints: eight groups of four letters and digits that are not taken for
/// one another when they are read aloud (Crockford's base 32).
///
/// It carries 160 random bits, so that its plain SHA-256 is kept: a slow hash stretches what people
/// choose, and nobody chose this.
final class BreakGlassCode {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUPS = 8;
    private static final int GROUP_LENGTH = 4;
    private static final int LENGTH = GROUPS * GROUP_LENGTH;

    /// Longer than any way of writing it down.
    private static final int TYPED_MAX = 200;

    private BreakGlassCode() {}

    /// @return the code as people read it, groups joined by dashes
    static Secret next(Secrets secrets) {
        byte[] bytes = secrets.randomBytes(LENGTH);
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % GROUP_LENGTH == 0) {
                code.append('-');
            }
            // 32 letters: five bits of each byte are exactly one.
            code.append(ALPHABET.charAt(bytes[i] & 31));
        }
        return new Secret(code.toString());
    }

    static TokenHash hash(Secret code) {
        return read(code.reveal())
                .orElseThrow(() -> new IllegalStateException("our own code is none"));
    }

    /// Reads what somebody typed: in any case, with or without dashes and spaces, and with letters
    /// that look like digits.
    ///
    /// @return the hash; empty where it cannot be a code
    static Optional<TokenHash> read(String typed) {
        if (typed.length() > TYPED_MAX) {
            return Optional.empty();
        }
        String plain =
                typed.toUpperCase(Locale.ROOT)
                        .replaceAll("[\\s-]", "")
                        .replace('O', '0')
                        .replace('I', '1')
                        .replace('L', '1');
        boolean isWellFormed =
                plain.length() == LENGTH
                        && plain.chars().allMatch(letter -> ALPHABET.indexOf(letter) >= 0);
        return isWellFormed ? Optional.of(TokenHash.of(plain)) : Optional.empty();
    }
}
