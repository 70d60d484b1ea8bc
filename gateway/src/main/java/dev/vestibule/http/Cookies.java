package dev.vestibule.http;

import java.util.List;
import java.util.Optional;

/// Reads the cookies of a request (RFC 6265 section 5.4).
public final class Cookies {

    private Cookies() {}

    /// The value of a cookie, empty where it is absent **or sent twice**: a sibling host may have
    /// planted the second, and nobody can tell which is ours.
    public static Optional<String> find(Headers headers, String name) {
        List<String> values =
                headers.all("cookie").stream()
                        .flatMap(line -> List.of(line.split(";", -1)).stream())
                        .map(String::strip)
                        .filter(pair -> pair.startsWith(name + "="))
                        .map(pair -> pair.substring(name.length() + 1))
                        .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
