package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

/// Finds members of objects by names whose case does not count (RFC 7643 section 2.1).
final class Fields {

    private Fields() {}

    /// The member's name as it stands in the object; null where it has none.
    static @Nullable String keyOf(ObjectNode object, String name) {
        if (object.has(name)) {
            return name;
        }
        checkSize(object);
        for (var members = object.fieldNames(); members.hasNext(); ) {
            String key = members.next();
            if (key.equalsIgnoreCase(name)) {
                return key;
            }
        }
        return null;
    }

    /// What is added to one name after another must not take ever longer.
    private static void checkSize(ObjectNode object) {
        if (object.size() > ScimLimits.OBJECT_NAMES_MAX) {
            throw ScimError.tooLarge(
                    "An object has at most " + ScimLimits.OBJECT_NAMES_MAX + " names.");
        }
    }

    /// The member's value; null where there is none, and where it is JSON's `null`, which means the
    /// same in SCIM (RFC 7643 section 2.5).
    static @Nullable JsonNode find(ObjectNode object, String name) {
        String key = keyOf(object, name);
        JsonNode value = key == null ? null : object.get(key);
        return value == null || value.isNull() ? null : value;
    }
}
