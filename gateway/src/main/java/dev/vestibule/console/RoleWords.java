package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.Role;
import dev.vestibule.http.Text;

import java.util.Locale;

/// What roles are called.
final class RoleWords {

    private RoleWords() {}

    static Text of(Role role) {
        return text("console.role." + key(role));
    }

    /// As the configuration calls the line, such as `roles.admin`.
    static String line(Role role) {
        return "roles." + key(role);
    }

    private static String key(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
