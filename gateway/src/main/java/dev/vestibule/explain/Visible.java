package dev.vestibule.explain;

/// Text that others wrote, for a terminal: what would steer it stands there as its number (attack:
/// a user name that clears the screen, or that looks like a line of ours).
public final class Visible {

    private Visible() {}

    public static String of(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints()
                .forEachOrdered(
                        c -> {
                            if (isSteering(c)) {
                                visible.append("\\u{").append(Integer.toHexString(c)).append('}');
                            } else {
                                visible.appendCodePoint(c);
                            }
                        });
        return visible.toString();
    }

    private static boolean isSteering(int c) {
        return Character.isISOControl(c)
                || switch (Character.getType(c)) {
                    case Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE ->
                            true;
                    default -> false;
                };
    }
}
