package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the members of a group. A member is known by its `value`, the id of a user or a group;
/// whoever is named twice is a member once.
final class Members {

    static final String NAME = "members";
    private static final String VALUE = "value";

    private Members() {}

    /// @param sent one member or an array of them; a member may be written as its id alone
    /// @return each once, in order, without parts that are `null`
    static List<JsonNode> read(JsonNode sent) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        if (sent.isArray()) {
            sent.forEach(member -> add(members, member));
        } else {
            add(members, sent);
        }
        return checked(members);
    }

    /// The present members, and those of the added ones who were none yet.
    static List<JsonNode> merged(List<JsonNode> present, List<JsonNode> added) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        present.forEach(member -> members.putIfAbsent(idOf(member), member));
        added.forEach(member -> members.putIfAbsent(idOf(member), member));
        return checked(members);
    }

    private static List<JsonNode> checked(Map<String, JsonNode> members) {
        if (members.size() > ScimLimits.MEMBERS_MAX) {
            throw ScimError.tooLarge("A group has at most " + ScimLimits.MEMBERS_MAX + " members.");
        }
        return new ArrayList<>(members.values());
    }

    private static void add(Map<String, JsonNode> members, JsonNode sent) {
        ObjectNode member = Condition.asObject(sent).deepCopy();
        member.properties().removeIf(part -> part.getValue().isNull());
        String key = Fields.keyOf(member, VALUE);
        JsonNode id = key == null ? null : member.remove(key);
        if (id == null || !id.isTextual()) {
            throw ScimError.invalidValue("Each member needs a value, the id of a user or group.");
        }
        Texts.check("A member's value", id.textValue());
        ObjectNode ordered = member.objectNode().set(VALUE, TextNode.valueOf(id.textValue()));
        members.putIfAbsent(id.textValue(), ordered.setAll(member));
    }

    static String idOf(JsonNode member) {
        return member.path(VALUE).asText();
    }
}
