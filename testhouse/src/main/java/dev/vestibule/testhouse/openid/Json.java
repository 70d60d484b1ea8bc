package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Collection;

/// JSON trees and their text.
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array(Collection<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    static ObjectNode parseObject(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException problem) {
            throw new IllegalStateException("not the JSON that was written here", problem);
        }
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException problem) {
            throw new IllegalStateException("a JSON tree could not be written", problem);
        }
    }

    /// Writes an object in which one member comes a second time, at the end, with another value.
    static String writeTwice(ObjectNode node, String name, String second) {
        String once = write(node);
        return once.substring(0, once.length() - 1)
                + ","
                + write(Json.of(name))
                + ":"
                + write(Json.of(second))
                + "}";
    }
}
