package dev.vestibule.local;

import dev.vestibule.config.HomeId;
import dev.vestibule.secret.KeyedHash;

import java.util.Locale;

/// Makes one [LoginName] of every way of writing a user name that Home Assistant takes for the
/// same: white space around it and the case of its letters do not count (attack: a limit for each
/// way of writing one name).
///
/// @param hash with a key of the gateway's (attack: whoever reads the log tries a list of passwords
///   until one has the hash of what somebody typed into the wrong field)
record LoginNames(KeyedHash hash) {

    LoginName of(HomeId home, String typed) {
        return new LoginName(hash.of(home.value() + "\n" + folded(stripped(typed))));
    }

    /// As Python's `casefold` tells letters apart. U+1E9E is the one capital whose small letter is
    /// not that of the letters that Java makes of it.
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
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
}
