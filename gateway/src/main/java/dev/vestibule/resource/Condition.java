package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/// A filter that was read: what must hold of a document, or of an element of an attribute with
/// several values.
sealed interface Condition {

    boolean holds(ObjectNode context);

    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean holds(ObjectNode context) {
            return conditions.stream().allMatch(condition -> condition.holds(context));
        }
    }

    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean holds(ObjectNode context) {
            return conditions.stream().anyMatch(condition -> condition.holds(context));
        }
    }

    record Not(Condition condition) implements Condition {
        @Override
        public boolean holds(ObjectNode context) {
            return !condition.holds(context);
        }
    }

    /// `pr`: the attribute has a value that is not empty.
    record Present(AttributePath path) implements Condition {
        @Override
        public boolean holds(ObjectNode context) {
            return values(path, context).anyMatch(Present::isSomething);
        }

        static boolean isSomething(JsonNode value) {
            return !value.isNull()
                    && (value.isContainerNode()
                            ? value.valueStream().anyMatch(Present::isSomething)
                            : !value.isTextual() || !value.textValue().isEmpty());
        }
    }

    /// Some value of the attribute compares as demanded (RFC 7644 section 3.4.2.2: one of several
    /// is enough, whatever the operator).
    ///
    /// @param attribute what is known of it; null where nothing is
    record Compared(
            AttributePath path, @Nullable Attribute attribute, Operator operator, Literal literal)
            implements Condition {
        @Override
        public boolean holds(ObjectNode context) {
            if (literal.isNull()) {
                return new Present(path).holds(context) == (operator == Operator.NE);
            }
            JsonNode whole = path.wholeIn(context);
            if (whole != null && whole.isValueNode() && path.part() == null) {
                // Nearly always so, and asked of every member of a group.
                return Comparison.holds(attribute, whole, operator, literal);
            }
            List<JsonNode> values = values(path, context).toList();
            return values.isEmpty()
                    ? operator == Operator.NE
                    : values.stream()
                            .anyMatch(
                                    value -> Comparison.holds(attribute, value, operator, literal));
        }
    }

    /// `emails[...]`: one and the same element fulfils all of it.
    record Element(AttributePath path, Condition condition) implements Condition {
        @Override
        public boolean holds(ObjectNode context) {
            JsonNode whole = path.wholeIn(context);
            return whole != null && elements(whole).anyMatch(this::isMet);
        }

        private boolean isMet(JsonNode element) {
            return condition.holds(asObject(element));
        }
    }

    /// A value that is no object counts as one with the part `value` alone.
    static ObjectNode asObject(JsonNode element) {
        return element instanceof ObjectNode object
                ? object
                : JsonNodeFactory.instance.objectNode().set("value", element);
    }

    private static Stream<JsonNode> elements(JsonNode value) {
        return value.isArray() ? value.valueStream() : Stream.of(value);
    }

    private static Stream<JsonNode> values(AttributePath path, ObjectNode context) {
        JsonNode whole = path.wholeIn(context);
        if (whole == null) {
            return Stream.empty();
        }
        String part = path.part();
        return part == null ? elements(whole) : elements(whole).flatMap(e -> part(e, part));
    }

    private static Stream<JsonNode> part(JsonNode element, String part) {
        JsonNode found = Fields.find(asObject(element), part);
        return found == null ? Stream.empty() : elements(found);
    }
}
