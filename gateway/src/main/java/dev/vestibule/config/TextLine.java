package dev.vestibule.config;

import java.util.Optional;

/// What a text of one line may be in a configuration file: names, identifiers, groups. Whoever
/// writes such a file asks the same rule as whoever reads it.
public final class TextLine {

    /// In UTF-16 units.
    public static final int LENGTH_MAX = 1024;

    private TextLine() {}

    /// What keeps a text from being one.
    public enum Fault {
        EMPTY,
        TOO_LONG,
        CONTROL_CHARACTER
    }

    public static Optional<Fault> faultOf(String text) {
        if (text.isBlank()) {
            return Optional.of(Fault.EMPTY);
        }
        if (text.length() > LENGTH_MAX) {
            return Optional.of(Fault.TOO_LONG);
        }
        return text.chars().anyMatch(Character::isISOControl)
                ? Optional.of(Fault.CONTROL_CHARACTER)
                : Optional.empty();
    }
}
