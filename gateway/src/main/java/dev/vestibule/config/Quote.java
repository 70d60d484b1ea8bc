package dev.vestibule.config;

/// Makes text from the outside fit to stand in a message: short, and without control characters.
final class Quote {

    private static final int LENGTH_MAX = 80;

    private Quote() {}

    static String text(String raw) {
        String visible =
                raw.codePoints()
                        .limit(LENGTH_MAX + 1L)
                        .map(c -> Character.isISOControl(c) || isBidiControl(c) ? '?' : c)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        return visible.codePointCount(0, visible.length()) > LENGTH_MAX
                ? visible.substring(0, visible.offsetByCodePoints(0, LENGTH_MAX)) + "..."
                : visible;
    }

    /// Characters that turn the direction of writing could make a message read as another one.
    private static boolean isBidiControl(int c) {
        return Character.getType(c) == Character.FORMAT;
    }
}
