package dev.vestibule.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

import java.util.List;
import java.util.Set;

/// What every answer must look like, whoever asks.
final class Shapes {

    /// What is ours to say, or nobody's to see again.
    private static final Set<String> NOT_ECHOED = Set.of("id", "meta", "groups", "password");

    private Shapes() {}

    /// Lists say how many there are, in integers, and lists are there though they be empty.
    static void expectWellFormed(int status, JsonNode json) {
        if (json.has("totalResults")) {
            for (String number : List.of("totalResults", "startIndex", "itemsPerPage")) {
                assertThat(json.path(number).isInt()).as(number + " in " + json).isTrue();
            }
            assertThat(json.path("Resources").isArray()).as("Resources in " + json).isTrue();
            assertThat(json.path("itemsPerPage").asInt()).isEqualTo(json.path("Resources").size());
            json.path("Resources").forEach(Shapes::expectLists);
        } else if (status < 300) {
            expectLists(json);
        }
    }

    private static void expectLists(JsonNode resource) {
        switch (resource.at("/meta/resourceType").asText()) {
            case "User" -> {
                assertThat(resource.path("emails").isArray()).as("emails: " + resource).isTrue();
                assertThat(resource.path("groups").isArray()).as("groups: " + resource).isTrue();
                assertThat(resource.path("active").isBoolean()).isTrue();
                assertThat(resource.has("password")).isFalse();
            }
            default -> {}
        }
    }

    /// Whatever was sent stands in the answer exactly as it was sent, but for `active`, which is a
    /// boolean.
    static void expectEchoed(JsonNode sent, JsonNode answer) {
        for (var attribute : sent.properties()) {
            String name = attribute.getKey();
            if (NOT_ECHOED.contains(name)) {
                continue;
            }
            JsonNode expected =
                    name.equals("active")
                            ? BooleanNode.valueOf(
                                    attribute.getValue().asText().equalsIgnoreCase("true"))
                            : attribute.getValue();
            assertThat(answer.path(name)).as("the echo of " + name).isEqualTo(expected);
        }
    }

    /// All that is expected is there; an array has as many elements as are expected.
    static void expectPart(JsonNode expected, JsonNode actual) {
        assertThat(has(expected, actual)).as("expected %s%n in %s", expected, actual).isTrue();
    }

    private static boolean has(JsonNode expected, JsonNode actual) {
        if (expected.isObject()) {
            return actual.isObject()
                    && expected.properties().stream()
                            .allMatch(each -> has(each.getValue(), actual.path(each.getKey())));
        }
        if (expected.isArray()) {
            boolean hasAll = actual.isArray() && actual.size() == expected.size();
            for (int i = 0; hasAll && i < expected.size(); i++) {
                hasAll = has(expected.get(i), actual.get(i));
            }
            return hasAll;
        }
        return expected.equals(actual);
    }
}
