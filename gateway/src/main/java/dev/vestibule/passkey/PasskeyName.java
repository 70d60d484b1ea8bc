package dev.vestibule.passkey;

import dev.vestibule.foreign.ForeignText;

/// What a person calls a passkey: one line, and not a long one.
final class PasskeyName {

    private static final int CODE_POINTS_MAX = 60;
    private static final String UNNAMED = "Passkey";

    private PasskeyName() {}

    /// @param typed anything
    static String of(String typed) {
        int[] kept =
                typed.codePoints().filter(ForeignText::isPlain).limit(CODE_POINTS_MAX).toArray();
        String name = new String(kept, 0, kept.length).strip();
        return name.isEmpty() ? UNNAMED : name;
    }
}
