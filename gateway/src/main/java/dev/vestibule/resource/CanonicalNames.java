package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Writes the names of known attributes as their schemas do, since case does not count in them (RFC
/// 7643 section 2.1); everything else stays as it was sent. What would then be there twice,
/// `userName` and `username`, could be read in two ways and is refused.
final class CanonicalNames {

    private CanonicalNames() {}

    static ObjectNode of(ResourceKind kind, ObjectNode sent) {
        ObjectNode document = sent.objectNode();
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (var member : sent.properties()) {
            String name = member.getKey();
            checkOnce(seen, name);
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
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (var member : sent.properties()) {
            checkOnce(seen, member.getKey());
            Attribute part = Attribute.find(known, member.getKey()).orElse(null);
            object.set(
                    part == null ? member.getKey() : part.name(), value(part, member.getValue()));
        }
        return object;
    }

    private static void checkOnce(Set<String> seen, String name) {
        if (!seen.add(name)) {
            throw ScimError.invalidSyntax(
                    "The attribute " + shown(name) + " is there twice, in different case.");
        }
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

    private static String shown(String name) {
        return name.substring(0, Math.min(64, name.length())).toLowerCase(Locale.ROOT);
    }
}
