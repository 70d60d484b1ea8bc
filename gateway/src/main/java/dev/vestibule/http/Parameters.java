package dev.vestibule.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decoded parameters of a query or a form, in the order they came. Immutable.
public record Parameters(List<Parameter> all) {

    public static final Parameters NONE = new Parameters(List.of());

    /// More fields than any of our forms has, and few enough to be no work.
    static final int FIELDS_MAX = 200;

    public Parameters {
        all = List.copyOf(all);
    }

    /// One name with its value.
    public record Parameter(String name, String value) {}

    /// Reads `application/x-www-form-urlencoded` text: `+` is a space, escapes are UTF-8.
    ///
    /// @throws BadRequest where an escape is broken or there are too many fields
    public static Parameters parse(String encoded) {
        if (encoded.isEmpty()) {
            return NONE;
        }
        List<Parameter> found = new ArrayList<>();
        for (String pair : encoded.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (found.size() == FIELDS_MAX) {
                throw new BadRequest("There are more than " + FIELDS_MAX + " parameters.");
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            found.add(new Parameter(decode(name), decode(value)));
        }
        return new Parameters(found);
    }

    private static String decode(String text) {
        return PercentCoding.decode(text.replace('+', ' '));
    }

    /// The value of a parameter that may appear once (RFC 6749 section 3.1).
    ///
    /// @throws BadRequest where it appears twice
    public Optional<String> single(String name) {
        List<String> values = values(name);
        if (values.size() > 1) {
            throw new BadRequest("The parameter " + name + " appears more than once.");
        }
        return values.stream().findFirst();
    }

    public List<String> values(String name) {
        return all.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }
}
