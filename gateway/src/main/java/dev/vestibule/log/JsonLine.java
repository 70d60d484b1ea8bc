package dev.vestibule.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// A line for programs: one JSON object (RFC 8259), in ASCII, with `timestamp`, `level` and
/// `logger` first, then `event` and `request` where there are such, then the other fields. What is
/// no set of fields is a `message`; what went wrong is an `error`.
final class JsonLine {

    /// What a field may not be named.
    static final Set<String> TAKEN = Set.of("timestamp", "level", "logger", "message", "error");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final String EVENT = "event";
    private static final String REQUEST = "request";

    private JsonLine() {}

    static String write(Line line) {
        ObjectNode json = JSON.createObjectNode();
        json.put("timestamp", line.moment());
        json.put("level", line.level());
        json.put("logger", line.logger());
        switch (line.saying()) {
            case Saying.Fields(var fields) -> fields(json, fields, line.request());
            case Saying.Sentence(var sentence) -> {
                request(json, line.request());
                json.put("message", sentence);
            }
        }
        if (!line.trace().isEmpty()) {
            json.put("error", line.trace().stripTrailing());
        }
        return text(json) + "\n";
    }

    private static void fields(ObjectNode json, List<Field> fields, String request) {
        fields.stream().filter(field -> field.name().equals(EVENT)).forEach(add(json));
        request(json, request);
        fields.stream().filter(field -> field.name().equals(REQUEST)).forEach(add(json));
        fields.stream()
                .filter(field -> !field.name().equals(EVENT) && !field.name().equals(REQUEST))
                .forEach(add(json));
    }

    private static void request(ObjectNode json, String request) {
        if (!request.isEmpty()) {
            json.put(REQUEST, request);
        }
    }

    private static Consumer<Field> add(ObjectNode json) {
        return field -> {
            switch (field.value()) {
                case Integer number -> json.put(field.name(), number);
                case Long number -> json.put(field.name(), number);
                case Boolean truth -> json.put(field.name(), truth);
                case JsonNode node -> json.set(field.name(), node);
                default -> json.put(field.name(), field.value().toString());
            }
        };
    }

    /// The one control character that JSON does not escape by itself is none of JSON's own signs.
    private static String text(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json).replace("\u007f", "\\u007f");
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a tree is always written", broken);
        }
    }
}
