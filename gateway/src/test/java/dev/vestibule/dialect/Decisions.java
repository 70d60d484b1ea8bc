package dev.vestibule.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// What identity systems decide by themselves, from what they hear.
///
/// @param get asks for a path, and gives what it hears
record Decisions(Function<String, JsonNode> get) {

    /// authentik lays what it would send over what it heard last, where lists gain what they lack,
    /// and sends it only where that makes a difference.
    static void expectSkipped(JsonNode heard, JsonNode payload) {
        assertThat(merged(heard, payload)).isEqualTo(heard);
    }

    private static JsonNode merged(JsonNode under, JsonNode over) {
        if (under instanceof ObjectNode object && over instanceof ObjectNode members) {
            ObjectNode merged = object.deepCopy();
            for (var member : members.properties()) {
                JsonNode present = merged.path(member.getKey());
                merged.set(member.getKey(), merged(present, member.getValue()));
            }
            return merged;
        }
        if (under instanceof ArrayNode list && over instanceof ArrayNode more) {
            ArrayNode merged = list.deepCopy();
            for (JsonNode element : more) {
                if (merged.valueStream().noneMatch(element::equals)) {
                    merged.add(element);
                }
            }
            return merged;
        }
        return over;
    }

    /// authentik asks for page after page, without a count, until it has seen as many as there are
    /// said to be: more than there are would keep it for ever.
    void discover(Step.AuthentikDiscovers step) {
        List<String> seen = new ArrayList<>();
        long total = Long.MAX_VALUE;
        while (seen.size() < total) {
            JsonNode page = get.apply(step.path() + "?startIndex=" + (seen.size() + 1));
            total = page.path("totalResults").asLong();
            assertThat(page.path("Resources")).as("a page").isNotEmpty();
            for (JsonNode resource : page.path("Resources")) {
                resource.path("emails").forEach(email -> assertThat(email.has("value")).isTrue());
                seen.add(resource.path("userName").asText(resource.path("displayName").asText()));
            }
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize(step.sees().size() + step.alike());
        assertThat(seen).containsAll(step.sees());
    }

    /// Pocket ID pages by the size of what it is given, and deletes whatever has an external id
    /// that it does not know, or none.
    void sweep(Step.PocketIdSweeps step) {
        List<String> found = new ArrayList<>();
        long start = 1;
        long total = Long.MAX_VALUE;
        while (start <= total) {
            JsonNode page = get.apply(step.path() + "?startIndex=" + start + "&count=1000");
            total = page.path("totalResults").asLong();
            externalIds(page).forEach(found::add);
            start += Math.max(1, page.path("itemsPerPage").asInt());
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(step.knows());
    }

    private static Stream<String> externalIds(JsonNode page) {
        return page.path("Resources").valueStream().map(one -> one.path("externalId").asText());
    }
}
