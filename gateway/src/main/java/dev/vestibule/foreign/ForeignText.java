package dev.vestibule.foreign;

/// Words of somebody else: of a person, a provider, a program, a file. HTML needs more, and has it
/// from the templates.
///
/// Attack: a name with a line break, an escape sequence or a mark that turns the direction of
/// writing, so that a terminal does something, or a reader sees another line or other words than
/// are there. Or one that is so long that nobody sees what stands behind it.
public final class ForeignText {

    /// Stands where something was that does harm: Unicode's replacement character, which nobody
    /// takes for a part of a name or the end of a sentence.
    public static final String MARK = "\uFFFD";

    /// In code points.
    private static final int EXCERPT_MAX = 100;

    private ForeignText() {}

    /// The text on one line, with marks for what is not plain.
    public static String marked(String text) {
        StringBuilder marked = new StringBuilder(text.length());
        text.codePoints()
                .forEachOrdered(
                        c -> {
                            if (isPlain(c)) {
                                marked.appendCodePoint(c);
                            } else {
                                marked.append(MARK);
                            }
                        });
        return marked.toString();
    }

    /// As [#marked], for a place in a sentence: what is long is cut, and ends in `…`.
    public static String excerpt(String text) {
        if (text.codePoints().limit(EXCERPT_MAX + 1L).count() <= EXCERPT_MAX) {
            return marked(text);
        }
        return marked(text.substring(0, text.offsetByCodePoints(0, EXCERPT_MAX))) + "…";
    }

    /// The text on one line, with the number of what is not plain (a backslash, and behind it
    /// `u{202e}`): for somebody who looks for what is wrong with it.
    public static String numbered(String text) {
        StringBuilder numbered = new StringBuilder(text.length());
        text.codePoints()
                .forEachOrdered(
                        c -> {
                            if (isPlain(c)) {
                                numbered.appendCodePoint(c);
                            } else {
                                numbered.append("\\u{").append(Integer.toHexString(c)).append('}');
                            }
                        });
        return numbered.toString();
    }

    public static boolean isPlain(String text) {
        return text.codePoints().allMatch(ForeignText::isPlain);
    }

    /// Whether a reader sees it in its place, and nothing else because of it. By its category in
    /// Unicode; what is not of any yet may become anything.
    public static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    /// Whether it steers a terminal, ends a line, or turns the direction of writing (Unicode
    /// Standard Annex 9: Bidi_Control). All of that is not plain. This is for texts that are kept
    /// as they are written, where what merely cannot be seen may belong to a name: U+200C does in
    /// Persian.
    public static boolean isSteering(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default ->
                    codePoint == 0x061C
                            || codePoint == 0x200E
                            || codePoint == 0x200F
                            || (codePoint >= 0x202A && codePoint <= 0x202E)
                            || (codePoint >= 0x2066 && codePoint <= 0x2069);
        };
    }
}
