package dev.vestibule.audit;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Events as JSON objects: a member for each component of the record, of the same name.
final class AuditJson {

    /// A component that came later is empty in older lines, and one that went is left out.
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private AuditJson() {}

    static ObjectNode write(AuditEvent event) {
        return JSON.valueToTree(event);
    }

    static Optional<AuditEvent> read(String kind, String detail) {
        return AuditKinds.find(kind).flatMap(type -> read(type, detail));
    }

    private static Optional<AuditEvent> read(Class<? extends AuditEvent> type, String detail) {
        try {
            return Optional.of(JSON.readValue(detail, type));
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    static Map<String, String> fields(String detail) {
        Map<String, String> fields = new LinkedHashMap<>();
        parse(detail)
                .properties()
                .forEach(
                        field ->
                                fields.put(
                                        field.getKey(),
                                        field.getValue().isContainerNode()
                                                ? field.getValue().toString()
                                                : field.getValue().asText()));
        return fields;
    }

    static ObjectNode line(AuditLine line) {
        ObjectNode object =
                JSON.createObjectNode()
                        .put("id", line.id())
                        .put("at", line.at().toString())
                        .put("event", line.kind())
                        .put("address", line.address());
        object.set("detail", parse(line.detail()));
        return object;
    }

    /// What cannot be read stays what it is, a text.
    private static JsonNode parse(String detail) {
        try {
            return JSON.readTree(detail);
        } catch (JsonProcessingException unreadable) {
            return JSON.getNodeFactory().textNode(detail);
        }
    }

    /// A text as it stands inside the quotes of a JSON text.
    static String quoted(String text) {
        String whole = JSON.getNodeFactory().textNode(text).toString();
        return whole.substring(1, whole.length() - 1);
    }

    /// Whether a text, in small letters, stands in a value of the object; what its members are
    /// called does not count.
    static boolean hasValueWith(String detail, String text) {
        try {
            return hasValueWith(JSON.readTree(detail), text);
        } catch (JsonProcessingException unreadable) {
            return false;
        }
    }

    private static boolean hasValueWith(JsonNode node, String text) {
        return node.isContainerNode()
                ? node.valueStream().anyMatch(value -> hasValueWith(value, text))
                : node.asText().toLowerCase(Locale.ROOT).contains(text);
    }
}
