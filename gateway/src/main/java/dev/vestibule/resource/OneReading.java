package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Refuses what could be read in two ways: a name that is there twice in different case, and an
/// attribute that one operation names twice in different spellings.
///
/// Attack, or mistake: `{"active":false,"Active":true}`. The identity system hears that somebody is
/// out, because the one reading says so, and we obey the other.
final class OneReading {

    /// Of a URN; what stands behind is one name.
    private static final int SEGMENTS_MAX = 16;

    private final ResourceKind kind;

    private OneReading(ResourceKind kind) {
        this.kind = kind;
    }

    /// What the values of one operation are about, name below name; a leaf where it has no names.
    private static final class Place {
        private final Map<String, Place> below = new HashMap<>();
        private boolean isTaken;
    }

    /// Names that are the same without case (RFC 7643 section 2.1) are there once.
    static void checkNames(ObjectNode object) {
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (var member : object.properties()) {
            if (!seen.add(member.getKey())) {
                throw twice(member.getKey());
            }
        }
    }

    /// Each attribute is named once, be it in an object, with dots, or behind a URN.
    ///
    /// @param path what the operation as a whole is about; empty for the document
    static void checkValue(ResourceKind kind, String path, JsonNode value) {
        OneReading reading = new OneReading(kind);
        reading.take(reading.at(new Place(), path), path, value);
    }

    private void take(Place place, String name, JsonNode value) {
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            checkNames(object);
            for (var member : object.properties()) {
                take(at(place, member.getKey()), member.getKey(), member.getValue());
            }
        } else if (place.isTaken) {
            throw twice(name);
        } else {
            place.isTaken = true;
        }
    }

    private Place at(Place above, String name) {
        Place place = above;
        for (String segment : segments(name.strip().toLowerCase(Locale.ROOT))) {
            place = place.below.computeIfAbsent(segment, _ -> new Place());
        }
        return place;
    }

    /// A filter is part of the name in front of it.
    private List<String> segments(String name) {
        int bracket = name.indexOf('[');
        String plain = bracket < 0 ? name : name.substring(0, bracket);
        List<String> segments = plainSegments(plain);
        if (bracket >= 0) {
            int end = name.lastIndexOf(']') + 1;
            segments.add(name.substring(bracket, Math.max(bracket, end)).replace(" ", ""));
            String part = name.substring(Math.max(bracket, end));
            segments.addAll(dotted(part.startsWith(".") ? part.substring(1) : part));
        }
        return segments;
    }

    private List<String> plainSegments(String name) {
        int colon = name.lastIndexOf(':');
        if (name.isEmpty() || Schemas.isCore(kind, name)) {
            return new ArrayList<>();
        }
        if (colon < 0 || Schemas.isCore(kind, name.substring(0, colon))) {
            return dotted(name.substring(colon + 1));
        }
        List<String> segments =
                new ArrayList<>(List.of(name.substring(0, colon).split(":", SEGMENTS_MAX)));
        segments.addAll(dotted(name.substring(colon + 1)));
        return segments;
    }

    private static List<String> dotted(String name) {
        return name.isEmpty() ? List.of() : new ArrayList<>(List.of(name.split("[.]", 2)));
    }

    private static ScimError twice(String name) {
        ScimError error =
                ScimError.invalidSyntax(
                        "The attribute "
                                + name.substring(0, Math.min(64, name.length()))
                                        .toLowerCase(Locale.ROOT)
                                + " is there twice, in different case or spelling.");
        return isActive(name) ? error.aboutActive() : error;
    }

    /// What is refused is an alarm where it speaks of `active`.
    static ScimError alarming(ResourceKind kind, JsonNode sent, ScimError refused) {
        return kind == ResourceKind.USER && speaksOfActive(sent) ? refused.aboutActive() : refused;
    }

    /// Whether what was sent may be meant to switch somebody on or off: it names `active`, plainly
    /// or behind a URN.
    private static boolean speaksOfActive(JsonNode operation) {
        return isActive(operation.asText())
                || operation.propertyStream().anyMatch(member -> isActive(member.getKey()))
                || operation.valueStream().anyMatch(OneReading::speaksOfActive);
    }

    private static boolean isActive(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.equals(Active.NAME) || lower.endsWith(":" + Active.NAME);
    }
}
