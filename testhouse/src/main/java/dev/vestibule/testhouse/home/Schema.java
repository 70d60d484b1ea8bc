package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which members a message must and may have; what is wrong is said in the original's words.
final class Schema {

    enum Kind {
        TEXT("expected str"),
        NUMBER("expected int"),
        FLAG("expected bool"),
        LIST("expected a list"),
        OBJECT("expected a dictionary"),
        AUTH("not a valid value"),
        ANY("");

        private final String complaint;

        Kind(String complaint) {
            this.complaint = complaint;
        }

        private boolean fits(JsonNode value) {
            return switch (this) {
                case TEXT -> value.isTextual();
                case NUMBER -> value.isIntegralNumber();
                case FLAG -> value.isBoolean();
                case LIST -> value.isArray();
                case OBJECT -> value.isObject();
                case AUTH -> value.asText().equals("auth");
                case ANY -> true;
            };
        }
    }

    record Field(String name, Kind kind, boolean isRequired) {}

    private final Map<String, Field> fields = new HashMap<>();
    private final List<String> required = new ArrayList<>();

    private Schema(List<Field> fields) {
        for (Field field : fields) {
            this.fields.put(field.name(), field);
            if (field.isRequired()) {
                required.add(field.name());
            }
        }
    }

    static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    static Field required(String name, Kind kind) {
        return new Field(name, kind, true);
    }

    static Field required(String name) {
        return new Field(name, Kind.TEXT, true);
    }

    static Field optional(String name, Kind kind) {
        return new Field(name, kind, false);
    }

    static Field optional(String name) {
        return new Field(name, Kind.TEXT, false);
    }

    /// What is wrong with a message, or nothing.
    Optional<String> complaint(JsonNode message) {
        if (!message.isObject()) {
            return Optional.of("expected a dictionary. Got " + Python.repr(message));
        }
        var complaints = new TreeSet<String>();
        message.properties().forEach(one -> complaint(one).ifPresent(complaints::add));
        for (String name : required) {
            if (!message.has(name)) {
                complaints.add("required key not provided @ data['%s']. Got None".formatted(name));
            }
        }
        return complaints.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", complaints));
    }

    private Optional<String> complaint(Map.Entry<String, JsonNode> member) {
        String place =
                " @ data['%s']. Got %s".formatted(member.getKey(), Python.repr(member.getValue()));
        Field field = fields.get(member.getKey());
        if (field == null) {
            return Optional.of("extra keys not allowed" + place);
        }
        return field.kind().fits(member.getValue())
                ? Optional.empty()
                : Optional.of(field.kind().complaint + " for dictionary value" + place);
    }
}
