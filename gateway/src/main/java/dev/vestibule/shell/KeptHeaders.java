package dev.vestibule.shell;

import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Chooses among the headers of Home Assistant's answer. What is not listed here, `Set-Cookie` and
/// `Server` among it, reaches nobody: the copy is shown to strangers.
final class KeptHeaders {

    private static final Set<String> KEPT =
            Set.of(
                    "cache-control",
                    "content-encoding",
                    "content-security-policy",
                    "content-type",
                    "etag",
                    "last-modified",
                    "link",
                    "referrer-policy",
                    "x-content-type-options",
                    "x-frame-options");

    private static final int VALUE_LENGTH_MAX = 8 * 1024;

    private KeptHeaders() {}

    /// At most one field of each name, in lower case.
    static List<Header> of(Headers headers) {
        return KEPT.stream()
                .sorted()
                .flatMap(
                        name ->
                                single(headers, name).stream()
                                        .map(value -> new Header(name, value)))
                .toList();
    }

    /// A field that came twice has no value that both sides read alike; `link` may be a list.
    private static Optional<String> single(Headers headers, String name) {
        List<String> values = headers.all(name);
        Optional<String> value =
                name.equals("link") && !values.isEmpty()
                        ? Optional.of(String.join(", ", values))
                        : Optional.of(values).filter(all -> all.size() == 1).map(List::getFirst);
        return value.filter(KeptHeaders::isPlain);
    }

    private static boolean isPlain(String value) {
        return value.length() <= VALUE_LENGTH_MAX
                && value.chars().allMatch(c -> c >= ' ' && c < 127);
    }
}
