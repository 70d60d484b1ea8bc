package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// One operation of a PATCH, as it was read (RFC 7644 section 3.5.2).
///
/// @param path null where the value's own members say what is meant
/// @param value null where none was sent, which only `remove` may do
record PatchOperation(Verb verb, @Nullable PatchPath path, @Nullable JsonNode value) {

    enum Verb {
        ADD,
        REPLACE,
        REMOVE
    }

    /// What speaks of `active` and cannot be read is an `active` that cannot be read.
    static PatchOperation read(ResourceKind kind, JsonNode sent) {
        try {
            return readable(kind, sent);
        } catch (ScimError unreadable) {
            throw OneReading.alarming(kind, sent, unreadable);
        }
    }

    private static PatchOperation readable(ResourceKind kind, JsonNode sent) {
        if (!(sent instanceof ObjectNode operation)) {
            throw ScimError.invalidSyntax("Each of the Operations must be an object.");
        }
        OneReading.checkNames(operation);
        Verb verb = verb(Fields.find(operation, "op"));
        JsonNode place = Fields.find(operation, "path");
        PatchPath path = path(kind, place);
        String valueKey = Fields.keyOf(operation, "value");
        JsonNode value = valueKey == null ? null : operation.get(valueKey);
        if (verb == Verb.REMOVE && path == null) {
            throw ScimError.noTarget("remove needs a path.");
        }
        if (verb != Verb.REMOVE && value == null) {
            throw ScimError.invalidValue("add and replace need a value.");
        }
        JsonNode meant = path == null ? only(value) : value;
        if (meant != null) {
            OneReading.checkValue(kind, place == null ? "" : place.asText(), meant);
        }
        return new PatchOperation(verb, path, meant);
    }

    /// SCIM-SDK sends every object as a list of one.
    private static @Nullable JsonNode only(@Nullable JsonNode value) {
        return value != null && value.isArray() && value.size() == 1 ? value.get(0) : value;
    }

    private static Verb verb(@Nullable JsonNode op) {
        String word = op == null ? "" : op.asText().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "add" -> Verb.ADD;
            case "replace" -> Verb.REPLACE;
            case "remove" -> Verb.REMOVE;
            default -> throw ScimError.invalidSyntax("op must be add, replace or remove.");
        };
    }

    private static @Nullable PatchPath path(ResourceKind kind, @Nullable JsonNode path) {
        if (path == null) {
            return null;
        }
        if (!path.isTextual()) {
            throw ScimError.invalidPath("A path must be a text.");
        }
        String text = path.textValue().strip();
        boolean isTop = text.isEmpty() || Schemas.isCore(kind, text);
        return isTop ? null : FilterParser.path(kind, text);
    }
}
