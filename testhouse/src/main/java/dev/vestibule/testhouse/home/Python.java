package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.stream.Collectors;

/// Values as Python shows them, which is how error messages name what they got.
final class Python {

    private Python() {}

    static String repr(JsonNode value) {
        if (value.isTextual()) {
            return "'" + value.asText().replace("\\", "\\\\").replace("'", "\\'") + "'";
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? "True" : "False";
        }
        if (value.isNull()) {
            return "None";
        }
        if (value.isArray()) {
            return value.valueStream()
                    .map(Python::repr)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.propertyStream()
                    .map(one -> "'" + one.getKey() + "': " + repr(one.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.asText();
    }
}
