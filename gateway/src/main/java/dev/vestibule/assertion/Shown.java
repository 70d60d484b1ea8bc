package dev.vestibule.assertion;

import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;

import java.util.List;
import java.util.Locale;

/// What a request shows under one name.
sealed interface Shown {

    record Nothing() implements Shown {}

    record Once(String value) implements Shown {}

    /// Something that two readers could read in two ways.
    ///
    /// @param what continues a stable code: `header-doubled`
    record Doubtful(String what) implements Shown {}

    /// Attack: a client adds a header of its own to the proxy's, or one with underscores, which
    /// many servers take for dashes (oauth2-proxy CVE-2025-64484). The proxy sends exactly one,
    /// spelled as it is configured.
    static Shown in(Headers headers, String name) {
        String wanted = normal(name);
        List<Header> found =
                headers.fields().stream()
                        .filter(field -> normal(field.name()).equals(wanted))
                        .toList();
        if (found.isEmpty()) {
            return new Nothing();
        }
        if (found.size() > 1) {
            return new Doubtful("header-doubled");
        }
        return found.getFirst().name().equalsIgnoreCase(name)
                ? new Once(found.getFirst().value())
                : new Doubtful("header-misspelt");
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
