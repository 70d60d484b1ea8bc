package dev.vestibule.local;

import dev.vestibule.config.HomeId;
import dev.vestibule.secret.TokenHash;

import java.util.Locale;

/// The hash of a user name as Home Assistant tells names apart, at a home: white space around it
/// and the case of its letters do not count (attack: a limit for each way of writing one name).
/// What people type into the field may be their password, so the name itself is kept nowhere.
record LoginName(TokenHash hash) {

    private static final int SHOWN_DIGITS = 12;

    static LoginName of(HomeId home, String typed) {
        String folded = stripped(typed).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return new LoginName(TokenHash.of(home.value() + "\n" + folded));
    }

    /// White space as Python sees it, which is more than what Java strips.
    private static String stripped(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || character == '\u0085';
    }

    /// For logs: the same name looks the same, and nobody else's password shows.
    String shown() {
        return "name:" + hash.hex().substring(0, SHOWN_DIGITS);
    }
}
