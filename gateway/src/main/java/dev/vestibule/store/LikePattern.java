package dev.vestibule.store;

import java.util.Locale;

/// What `LIKE ... ESCAPE '!'` is given to find words somewhere in a text, in whichever case:
/// `LOWER(name) LIKE :words ESCAPE '!'`. SQLite knows small and capital letters of ASCII only.
///
/// Attack: `%` and `_` mean something to LIKE.
public final class LikePattern {

    private LikePattern() {}

    /// @return `%%` for no words, which everything is like
    public static String anywhere(String words) {
        return "%"
                + words.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_")
                + "%";
    }
}
