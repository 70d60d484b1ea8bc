package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Compares one value with one literal, by what the schema says of the attribute. Of attributes
/// that no schema describes, case does not count (RFC 7643 section 2.2).
final class Comparison {

    private Comparison() {}

    static boolean holds(
            @Nullable Attribute attribute, JsonNode value, Operator operator, Literal literal) {
        if (value.isNumber() && literal.value().isNumber()) {
            return operator.holdsFor(
                    value.decimalValue().compareTo(literal.value().decimalValue()));
        }
        if (value.isBoolean()) {
            return holdsForBoolean(value.booleanValue(), operator, literal);
        }
        if (!value.isTextual()) {
            JsonNode inner = value.isObject() ? value.get("value") : null;
            return (inner != null && inner.isValueNode())
                    ? holds(attribute, inner, operator, literal)
                    : operator == Operator.NE;
        }
        return (attribute != null && attribute.type() == Attribute.Type.DATE_TIME)
                ? holdsForTime(value.textValue(), operator, literal)
                : holdsForText(attribute, value.textValue(), operator, literal);
    }

    private static boolean holdsForBoolean(boolean value, Operator operator, Literal literal) {
        boolean isSame = Boolean.toString(value).equalsIgnoreCase(literal.text());
        return switch (operator) {
            case EQ -> isSame;
            case NE -> !isSame;
            case CO, SW, EW, GT, GE, LT, LE -> false;
        };
    }

    private static boolean holdsForTime(String value, Operator operator, Literal literal) {
        Optional<Instant> actual = instant(value);
        Optional<Instant> wanted = instant(literal.text());
        return switch (operator) {
            case EQ, NE, GT, GE, LT, LE ->
                    (actual.isPresent() && wanted.isPresent())
                            ? operator.holdsFor(actual.get().compareTo(wanted.get()))
                            : operator.holdsFor(value, literal.text());
            case CO, SW, EW -> operator.holdsFor(value, literal.text());
        };
    }

    private static boolean holdsForText(
            @Nullable Attribute attribute, String value, Operator operator, Literal literal) {
        return (attribute != null && attribute.isCaseExact())
                ? operator.holdsFor(value, literal.text())
                : operator.holdsFor(CaseFold.of(value), literal.folded());
    }

    /// A time of XML Schema, which is one of RFC 3339 with its zone (RFC 7643 section 2.3.5).
    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException other) {
            return Optional.empty();
        }
    }
}
