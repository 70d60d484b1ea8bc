package dev.vestibule.passkey;

/// What a person calls a passkey: one line, and not a long one.
final class PasskeyName {

    private static final int CODE_POINTS_MAX = 60;
    private static final String UNNAMED = "Passkey";

    private PasskeyName() {}

    /// @param typed anything
    static String of(String typed) {
        int[] kept =
                typed.codePoints()
                        .filter(c -> !Character.isISOControl(c))
                        .filter(c -> Character.getType(c) != Character.FORMAT)
                        .filter(c -> Character.getType(c) != Character.SURROGATE)
                        .limit(CODE_POINTS_MAX)
                        .toArray();
        String name = new String(kept, 0, kept.length).strip();
        return name.isEmpty() ? UNNAMED : name;
    }
}
