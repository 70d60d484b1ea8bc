package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Writes the names of known attributes as their schemas do, since case does not count in them (RFC
/// 7643 section 2.1); everything else stays as it was sent. What would then be there twice,
/// `userName` and `username`, could be read in two ways and is refused.
final class CanonicalNames {

    private CanonicalNames() {}

    static ObjectNode of(ResourceKind kind, ObjectNode sent) {
        ObjectNode document = sent.objectNode();
        OneReading.checkNames(sent);
        for (var member : sent.properties()) {
            String name = member.getKey();
            checkPlace(kind, name);
            if (Schemas.isKnownExtension(name)) {
                List<Attribute> known = Schemas.extension(name);
                document.set(Schemas.ENTERPRISE_USER, parts(known, member.getValue()));
            } else {
                Attribute known = Schemas.find(kind, name).orElse(null);
                document.set(known == null ? name : known.name(), value(known, member.getValue()));
            }
        }
        return document;
    }

    /// The value of an attribute, with the names of its known parts.
    static JsonNode value(@Nullable Attribute known, JsonNode sent) {
        return known == null || !known.isComplex() ? sent : parts(known.parts(), sent);
    }

    private static JsonNode parts(List<Attribute> known, JsonNode sent) {
        return switch (sent) {
            case ArrayNode array -> {
                ArrayNode elements = array.arrayNode(array.size());
                array.forEach(element -> elements.add(parts(known, element)));
                yield elements;
            }
            case ObjectNode object -> named(known, object);
            default -> sent;
        };
    }

    private static ObjectNode named(List<Attribute> known, ObjectNode sent) {
        ObjectNode object = sent.objectNode();
        OneReading.checkNames(sent);
        for (var member : sent.properties()) {
            Attribute part = Attribute.find(known, member.getKey()).orElse(null);
            object.set(
                    part == null ? member.getKey() : part.name(), value(part, member.getValue()));
        }
        return object;
    }

    /// `active` inside an object by the URN of the core schema would be kept and not obeyed.
    private static void checkPlace(ResourceKind kind, String name) {
        int colon = name.lastIndexOf(':');
        if (Schemas.isCore(kind, name)
                || (colon > 0 && Schemas.isCore(kind, name.substring(0, colon)))) {
            throw ScimError.invalidSyntax(
                    "Attributes of the core schema stand at the top, by their short names.");
        }
    }
}
