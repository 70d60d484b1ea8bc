package dev.vestibule.secret;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Eight characters that a person reads from one screen and types on another: no letter or digit
/// that is mistaken for another, and 39 bits of randomness. That is enough only where guesses are
/// counted.
///
/// @param value in capitals, without what groups it
public record ShortCode(String value) {

    /// Without 0, 1, I, L, O and U.
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LENGTH = 8;
    private static final int TYPED_MAX = 64;
    private static final Pattern SHAPE = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");
    private static final Pattern GROUPING = Pattern.compile("[\\s\u00ad\u2010-\u2015-]");

    public ShortCode {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not the shape of a short code");
        }
    }

    public static ShortCode random(Secrets secrets) {
        return new ShortCode(secrets.randomText(ALPHABET, LENGTH));
    }

    /// Reads what a person typed, in small letters and with gaps or not; empty where no code looks
    /// like this.
    public static Optional<ShortCode> read(String typed) {
        if (typed.length() > TYPED_MAX) {
            return Optional.empty();
        }
        String plain = GROUPING.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
        return SHAPE.matcher(plain).matches()
                ? Optional.of(new ShortCode(plain))
                : Optional.empty();
    }

    /// As it is shown: in two groups.
    public String grouped() {
        return value.substring(0, LENGTH / 2) + "-" + value.substring(LENGTH / 2);
    }

    /// Codes are secrets, and are not printed.
    @Override
    public String toString() {
        return "[short code]";
    }
}
