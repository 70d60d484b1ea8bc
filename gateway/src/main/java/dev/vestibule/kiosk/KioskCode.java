package dev.vestibule.kiosk;

import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a tablet shows and an administrator types: eight characters that are not mistaken for each
/// other, 40 bits of randomness. It is worth something to an administrator alone, who has five
/// tries.
///
/// @param value in capitals, without what groups it
record KioskCode(String value) {

    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 8;
    private static final Pattern SHAPE = Pattern.compile("[A-HJ-NP-Z2-9]{" + LENGTH + "}");
    private static final Pattern GROUPING = Pattern.compile("[\\s-]");
    private static final int TYPED_MAX = 64;

    /// 32 letters, so that every byte gives one without leaning to any.
    static KioskCode random(Secrets secrets) {
        StringBuilder code = new StringBuilder(LENGTH);
        for (byte each : secrets.randomBytes(LENGTH)) {
            code.append(ALPHABET.charAt(each & (ALPHABET.length() - 1)));
        }
        return new KioskCode(code.toString());
    }

    /// What a person typed, in small letters and with gaps or not.
    static Optional<KioskCode> read(String typed) {
        if (typed.length() > TYPED_MAX) {
            return Optional.empty();
        }
        String plain = GROUPING.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
        return SHAPE.matcher(plain).matches()
                ? Optional.of(new KioskCode(plain))
                : Optional.empty();
    }

    TokenHash hash() {
        return TokenHash.of(value);
    }

    String grouped() {
        return value.substring(0, LENGTH / 2) + "-" + value.substring(LENGTH / 2);
    }

    /// Not printed.
    @Override
    public String toString() {
        return "[kiosk code]";
    }
}
