package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What an administrator can do about a person.
enum PersonChange {
    SUSPEND,
    RESTORE,
    SIGN_OUT,
    REMOVE,
    ATTACH;

    /// Whether it lets somebody in, cannot be undone, or shuts out who could undo it. Shutting
    /// anybody else out must be quick.
    ///
    /// @param isAboutAdministrator attack: a stolen cookie suspends every other administrator
    boolean isDangerous(boolean isAboutAdministrator) {
        return switch (this) {
            case SIGN_OUT -> false;
            case SUSPEND -> isAboutAdministrator;
            case RESTORE, REMOVE, ATTACH -> true;
        };
    }

    /// Whether it gives away a user of Home Assistant, or what may be one's own for longer than a
    /// session lasts.
    boolean givesAway() {
        return this == ATTACH;
    }

    static Optional<PersonChange> of(String key) {
        return Arrays.stream(values()).filter(change -> change.key().equals(key)).findFirst();
    }

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Text label() {
        return text("console.person." + key());
    }

    Text meaning() {
        return text("console.person." + key() + ".meaning");
    }
}
