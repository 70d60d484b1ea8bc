package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The name of an attribute: `[URN:]name[.part]` (RFC 7644 section 3.10).
///
/// Attributes of the core schema stand at the top of a document, with or without the URN in front;
/// those of an extension stand in an object by its URN. A URN alone names that object.
///
/// @param schema the extension that the attribute belongs to; null at the top of the document
/// @param name the attribute, or the URN of an extension where that as a whole is meant
/// @param part a part of a complex attribute
record AttributePath(@Nullable String schema, String name, @Nullable String part) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z$][A-Za-z0-9_$-]{0,127}");

    /// Of a URN or an address, in which Entra writes one of its schemas.
    private static final Pattern SCHEMA = Pattern.compile("[A-Za-z][A-Za-z0-9._:/#~%+-]{0,511}");

    /// Reads a path without a filter; empty where it is none.
    static Optional<AttributePath> parse(ResourceKind kind, String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return plain(null, text);
        }
        if (!SCHEMA.matcher(text).matches() || Schemas.isCore(kind, text)) {
            return Optional.empty();
        }
        if (Schemas.isKnownExtension(text)) {
            return Optional.of(new AttributePath(null, text, null));
        }
        String schema = text.substring(0, colon);
        return plain(Schemas.isCore(kind, schema) ? null : schema, text.substring(colon + 1))
                .or(() -> Optional.of(new AttributePath(null, text, null)));
    }

    private static Optional<AttributePath> plain(@Nullable String schema, String text) {
        int dot = text.indexOf('.');
        String name = dot < 0 ? text : text.substring(0, dot);
        String part = dot < 0 ? null : text.substring(dot + 1);
        boolean isRight =
                NAME.matcher(name).matches() && (part == null || NAME.matcher(part).matches());
        return isRight ? Optional.of(new AttributePath(schema, name, part)) : Optional.empty();
    }

    AttributePath withPart(String newPart) {
        return new AttributePath(schema, name, newPart);
    }

    boolean isTop(String attribute) {
        return schema == null && name.equalsIgnoreCase(attribute);
    }

    /// Whether it names an extension as a whole.
    boolean isExtension() {
        return schema == null && name.indexOf(':') >= 0;
    }

    /// What is known of the attribute as a whole; null where nothing is.
    @Nullable Attribute whole(ResourceKind kind) {
        List<Attribute> known = schema == null ? Schemas.core(kind) : Schemas.extension(schema);
        return Attribute.find(known, name).orElse(null);
    }

    /// What is known of the attribute, or of its part where that is named.
    @Nullable Attribute attribute(ResourceKind kind) {
        Attribute whole = whole(kind);
        return whole == null || part == null ? whole : whole.part(part).orElse(null);
    }

    /// The same path as this document means it: `urn:x:User` may be the attribute `User` of the
    /// extension `urn:x`, or an extension that nobody but the document knows.
    AttributePath in(ObjectNode document) {
        if (schema == null || Schemas.isKnownExtension(schema) || part != null) {
            return this;
        }
        String whole = schema + ":" + name;
        boolean isExtension =
                Fields.keyOf(document, schema) == null && Fields.keyOf(document, whole) != null;
        return isExtension ? new AttributePath(null, whole, null) : this;
    }

    /// The value of the attribute as a whole, whichever part is named; null where there is none.
    @Nullable JsonNode wholeIn(ObjectNode document) {
        AttributePath path = in(document);
        if (path.schema == null) {
            return Fields.find(document, path.name);
        }
        return Fields.find(document, path.schema) instanceof ObjectNode extension
                ? Fields.find(extension, path.name)
                : null;
    }

    @Override
    public String toString() {
        return (schema == null ? "" : schema + ":") + name + (part == null ? "" : "." + part);
    }
}
