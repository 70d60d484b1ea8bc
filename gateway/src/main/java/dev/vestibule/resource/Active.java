package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

import org.jspecify.annotations.Nullable;

/// Reads `active`, in each form that identity systems send: `true`, `"True"`, `[true]`,
/// `[{"value":"True"}]`.
///
/// Whatever else it may be is refused with an alarm. An identity system that hears "yes" to a value
/// that we did not understand believes that somebody who left is out.
final class Active {

    static final String NAME = "active";

    private Active() {}

    static BooleanNode read(@Nullable JsonNode sent) {
        if (sent != null && sent.isBoolean()) {
            return BooleanNode.valueOf(sent.booleanValue());
        }
        if (sent != null && sent.isTextual()) {
            return read(sent.textValue());
        }
        if (sent != null && sent.isArray() && sent.size() == 1) {
            return readListed(sent.get(0));
        }
        throw ScimError.unreadableActive();
    }

    private static BooleanNode readListed(JsonNode sent) {
        JsonNode inner = sent.size() == 1 ? sent.path("value") : sent;
        if (inner.isValueNode()) {
            return read(inner);
        }
        throw ScimError.unreadableActive();
    }

    private static BooleanNode read(String word) {
        if (word.equalsIgnoreCase("true")) {
            return BooleanNode.TRUE;
        }
        if (word.equalsIgnoreCase("false")) {
            return BooleanNode.FALSE;
        }
        throw ScimError.unreadableActive();
    }
}
