package dev.vestibule.http;

import java.util.List;
import java.util.Optional;

/// Header fields in the order they came. Names compare without case. Immutable.
public record Headers(List<Header> fields) {

    public static final Headers NONE = new Headers(List.of());

    public Headers {
        fields = List.copyOf(fields);
    }

    /// One header field.
    public record Header(String name, String value) {}

    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /// The value of a field that may appear once.
    ///
    /// @throws BadRequest where it appears twice: two readers would choose differently
    public Optional<String> single(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new BadRequest("The header " + name + " appears more than once.");
        }
        return values.stream().findFirst();
    }
}
