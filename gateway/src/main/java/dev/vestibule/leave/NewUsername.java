package dev.vestibule.leave;

import dev.vestibule.provisioning.Trace;

import java.text.Normalizer;
import java.util.Locale;

/// What somebody's new login is called: a user name that Home Assistant takes, which wants lower
/// case and nothing around it. Letters with marks lose those, so that it can be typed on every
/// keyboard.
final class NewUsername {

    private NewUsername() {}

    /// @param username whatever a provider called somebody
    static String of(String username) {
        String plain =
                Normalizer.normalize(username, Normalizer.Form.NFKD)
                        .replaceAll("\\p{M}+", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9._@+-]+", "-")
                        .replaceAll("^-+|-+$", "");
        String name = plain.isEmpty() ? "person" : plain;
        return name.startsWith(Trace.HIDDEN_PREFIX) ? "person-" + name : name;
    }

    /// The next one to try where somebody has a name already.
    ///
    /// @param attempt 2 is the first
    static String other(String name, int attempt) {
        return name + "-" + attempt;
    }
}
