package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

/// One attribute of a document that is being patched, or a part of it.
///
/// @param container the document, or the object of an extension
/// @param key the attribute's name there
/// @param known what its schema says; null for an attribute that no schema knows, which is taken
///   for what its present and its sent value look like
/// @param part null for the attribute as a whole
record PatchedAttribute(
        ObjectNode container, String key, @Nullable Attribute known, @Nullable String part) {

    static PatchedAttribute at(AttributePath place, ResourceKind kind, ObjectNode container) {
        Attribute known = place.whole(kind);
        String present = Fields.keyOf(container, place.name());
        String made = known == null ? place.name() : known.name();
        return new PatchedAttribute(
                container, present == null ? made : present, known, place.part());
    }

    /// Adds or replaces (RFC 7644 sections 3.5.2.1 and 3.5.2.3), which differ for lists only.
    void put(PatchOperation.Verb verb, @Nullable Condition filter, JsonNode sent) {
        JsonNode value = part == null ? CanonicalNames.value(known, single(sent)) : sent;
        if (filter != null || isList(value)) {
            elements(filter).put(verb, filter, value);
        } else if (part != null) {
            object().set(nameIn(object(), part), value);
        } else if (value instanceof ObjectNode parts && (known == null || known.isComplex())) {
            merge(object(), parts);
        } else {
            container.set(key, value.deepCopy());
        }
    }

    /// SCIM-SDK sends every value as a list of one, that of an attribute with one value too.
    private JsonNode single(JsonNode sent) {
        boolean isListed = sent.isArray() && sent.size() == 1;
        return isListed && known != null && !known.isMultiValued() ? sent.get(0) : sent;
    }

    /// @param listed the values to remove from a list, as Entra and authentik say it; null for all
    void remove(@Nullable Condition filter, @Nullable JsonNode listed) {
        JsonNode present = Fields.find(container, key);
        boolean isWhole = filter == null && part == null;
        boolean isList = present != null && present.isArray();
        if (present == null || (isWhole && (isNothing(listed) || !isList))) {
            container.remove(key);
        } else if (filter != null || isList) {
            elements(filter).remove(filter, isNothing(listed) ? null : listed);
        } else if (present instanceof ObjectNode object && part != null) {
            object.remove(nameIn(object, part));
            if (object.isEmpty()) {
                container.remove(key);
            }
        }
    }

    private static boolean isNothing(@Nullable JsonNode listed) {
        return listed == null || listed.isNull();
    }

    private boolean isList(JsonNode value) {
        return known != null
                ? known.isMultiValued()
                : container.get(key) instanceof ArrayNode || (part == null && value.isArray());
    }

    private PatchedElements elements(@Nullable Condition filter) {
        if (filter != null && known != null && !known.isMultiValued()) {
            throw ScimError.invalidPath(known.name() + " has one value, and needs no filter.");
        }
        return new PatchedElements(this);
    }

    /// The present value as an object, made where there is none.
    private ObjectNode object() {
        JsonNode present = Fields.find(container, key);
        if (present instanceof ObjectNode object) {
            return object;
        }
        boolean canBeObject = known == null || known.isComplex();
        if (!canBeObject || (part != null && present != null)) {
            throw ScimError.invalidPath(key + " has no parts.");
        }
        return container.putObject(key);
    }

    static String nameIn(ObjectNode object, String name) {
        String present = Fields.keyOf(object, name);
        return present == null ? name : present;
    }

    /// What is not spoken of stays; `null` takes away (RFC 7643 section 2.5).
    static void merge(ObjectNode object, ObjectNode parts) {
        for (var sent : parts.properties()) {
            String name = nameIn(object, sent.getKey());
            if (sent.getValue().isNull()) {
                object.remove(name);
            } else {
                object.set(name, sent.getValue().deepCopy());
            }
        }
    }
}
