package dev.vestibule.testhouse.openid;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One request as the provider received it. Secrets and codes are in it: it is for tests to look
/// at, not for a log.
///
/// @param target path and query as they stood in the request line
/// @param headers by lower-case name
/// @param query decoded query parameters
/// @param form decoded parameters of a form body, empty for any other body
public record ProviderRequest(
        Endpoint endpoint,
        String method,
        String target,
        Map<String, List<String>> headers,
        Map<String, List<String>> query,
        Map<String, List<String>> form) {

    /// The first value of a header.
    public Optional<String> header(String name) {
        return first(headers, name.toLowerCase(Locale.ROOT));
    }

    /// The first value of a parameter, in the body of a POST and in the query of anything else.
    public Optional<String> parameter(String name) {
        return first(parameters(), name);
    }

    /// The parameters that count: of the body for a POST, of the query otherwise.
    public Map<String, List<String>> parameters() {
        return method.equals("POST") ? form : query;
    }

    /// The value of one cookie.
    Optional<String> cookie(String name) {
        return headers.getOrDefault("cookie", List.of()).stream()
                .flatMap(line -> Parameters.parts(line, ';').stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    /// RFC 6749 sections 3.1 and 3.2: no parameter may be sent twice.
    boolean repeatsParameter() {
        return parameters().values().stream().anyMatch(values -> values.size() > 1);
    }

    /// Parameters with one value each; empty ones count as left out, RFC 6749 section 3.1.
    Map<String, String> singleParameters() {
        return parameters().entrySet().stream()
                .filter(entry -> !entry.getValue().getFirst().isEmpty())
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> entry.getValue().getFirst()));
    }

    private static Optional<String> first(Map<String, List<String>> values, String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst();
    }
}
