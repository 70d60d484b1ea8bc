package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/// What a schema says of one attribute (RFC 7643 section 7), as far as reading depends on it.
///
/// @param name as it is spelled where we write it
record Attribute(
        String name, Type type, boolean isMultiValued, boolean isCaseExact, List<Attribute> parts) {

    enum Type {
        STRING,
        BOOLEAN,
        DATE_TIME,
        REFERENCE,
        BINARY,
        COMPLEX
    }

    Attribute {
        parts = List.copyOf(parts);
    }

    static Attribute text(String name, boolean isCaseExact) {
        return new Attribute(name, Type.STRING, false, isCaseExact, List.of());
    }

    /// Reads an element of a schema's `attributes` or `subAttributes`.
    static Attribute from(JsonNode definition) {
        return new Attribute(
                definition.path("name").textValue(),
                type(definition.path("type").textValue()),
                definition.path("multiValued").booleanValue(),
                definition.path("caseExact").booleanValue(),
                allFrom(definition.path("subAttributes")));
    }

    static List<Attribute> allFrom(JsonNode definitions) {
        return definitions.valueStream().map(Attribute::from).toList();
    }

    private static Type type(String name) {
        return switch (name) {
            case "string" -> Type.STRING;
            case "boolean" -> Type.BOOLEAN;
            case "dateTime" -> Type.DATE_TIME;
            case "reference" -> Type.REFERENCE;
            case "binary" -> Type.BINARY;
            case "complex" -> Type.COMPLEX;
            default -> throw new IllegalStateException("a schema has the unknown type " + name);
        };
    }

    boolean isComplex() {
        return type == Type.COMPLEX;
    }

    Optional<Attribute> part(String partName) {
        return find(parts, partName);
    }

    static Optional<Attribute> find(List<Attribute> attributes, String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name.equalsIgnoreCase(name))
                .findFirst();
    }
}
