package dev.vestibule.leave;

import dev.vestibule.provisioning.Trace;

import java.text.Normalizer;
import java.util.Locale;

/// User names that Home Assistant takes: it wants lower case and nothing around them. Letters with
/// marks lose those, so that the name can be typed on every keyboard.
final class LoginNames {

    private LoginNames() {}

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
