package dev.vestibule.testhouse.home;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request as it arrived.
///
/// @param target path and query, undecoded
/// @param headers in order, names as they were sent
/// @param bodyStart the first bytes of the body, as UTF-8
public record RecordedRequest(
        String method, String target, List<Map.Entry<String, String>> headers, String bodyStart) {

    public RecordedRequest {
        headers = List.copyOf(headers);
    }

    /// The first header of this name, in any case.
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /// Every header of this name, in any case.
    public List<String> headers(String name) {
        return headers.stream()
                .filter(one -> one.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
