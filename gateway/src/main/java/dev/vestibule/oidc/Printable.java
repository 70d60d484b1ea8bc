package dev.vestibule.oidc;

/// Makes foreign text fit for one line of a log: bounded, and without control or format characters,
/// which could forge lines or turn the text around.
final class Printable {

    private static final int LENGTH_MAX = 120;

    private Printable() {}

    static String of(String foreign) {
        String head =
                foreign.length() <= LENGTH_MAX ? foreign : foreign.substring(0, LENGTH_MAX) + "…";
        StringBuilder clean = new StringBuilder(head.length());
        head.codePoints().map(c -> isPlain(c) ? c : '?').forEach(clean::appendCodePoint);
        return clean.toString();
    }

    static boolean isPlain(String text) {
        return text.codePoints().allMatch(Printable::isPlain);
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
