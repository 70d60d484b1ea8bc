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

    /// Whether it lets somebody in, or cannot be undone. Shutting somebody out must be quick.
    boolean isDangerous() {
        return switch (this) {
            case SUSPEND, SIGN_OUT -> false;
            case RESTORE, REMOVE, ATTACH -> true;
        };
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
