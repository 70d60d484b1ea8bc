package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The elements of an attribute with several values while an operation is applied to them.
final class PatchedElements {

    private static final String VALUE = "value";
    private static final String PRIMARY = "primary";

    private final PatchedAttribute attribute;
    private final boolean isMembers;

    /// What the operation itself called primary, or not, by a filter.
    private final Set<JsonNode> named = identities();

    private List<JsonNode> elements = new ArrayList<>();

    PatchedElements(PatchedAttribute attribute) {
        this.attribute = attribute;
        this.isMembers = attribute.known() != null && attribute.key().equals(Members.NAME);
        JsonNode present = Fields.find(attribute.container(), attribute.key());
        if (present != null && present.isArray()) {
            present.forEach(elements::add);
        } else if (present != null) {
            elements.add(present);
        }
    }

    void put(PatchOperation.Verb verb, @Nullable Condition filter, JsonNode value) {
        Set<JsonNode> oldPrimaries = primaries();
        if (filter != null) {
            putWhere(verb, filter, value);
        } else if (attribute.part() != null) {
            putPartOfOnlyOne(attribute.part(), value);
        } else {
            putAll(verb, value);
        }
        leaveOnePrimary(oldPrimaries);
        write();
    }

    private void putAll(PatchOperation.Verb verb, JsonNode value) {
        List<JsonNode> sent = isMembers ? Members.read(value) : sent(value);
        preferFirst(sent);
        boolean isAdded = verb == PatchOperation.Verb.ADD;
        if (!isAdded) {
            elements = sent;
        } else if (isMembers) {
            elements = Members.merged(elements, sent);
        } else {
            // What is there is not added again (RFC 7644 section 3.5.2.1), and what was there twice
            // stays: the second may have come to say the same by giving up being the preferred one.
            Set<JsonNode> present = new HashSet<>(elements);
            sent.stream().filter(present::add).forEach(elements::add);
        }
    }

    /// Of several that are sent as the preferred value, the first is it (RFC 7643 section 2.4 wants
    /// one at most).
    private static void preferFirst(List<JsonNode> sent) {
        sent.stream()
                .filter(PatchedElements::isPrimary)
                .skip(1)
                .forEach(element -> ((ObjectNode) element).put(PRIMARY, false));
    }

    private List<JsonNode> sent(JsonNode value) {
        List<JsonNode> sent = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> sent.add(element(element)));
        } else {
            sent.add(element(value));
        }
        return sent;
    }

    /// A bare text for a known list of objects is its part `value`.
    private JsonNode element(JsonNode sent) {
        Attribute known = attribute.known();
        boolean isBare = known != null && known.isComplex() && !sent.isObject();
        return isBare ? Condition.asObject(sent) : sent.deepCopy();
    }

    /// `emails.value` without a filter says which one is meant only where there is one at most.
    private void putPartOfOnlyOne(String part, JsonNode value) {
        if (isMembers || elements.size() > 1) {
            throw ScimError.invalidPath("The path needs a filter to say which value is meant.");
        }
        if (elements.isEmpty()) {
            elements.add(attribute.container().objectNode());
        }
        setPart(0, part, value);
    }

    private void putWhere(PatchOperation.Verb verb, Condition filter, JsonNode value) {
        String part = attribute.part();
        checkPartOfMember(part);
        List<Integer> matches = matches(filter);
        if (matches.isEmpty()) {
            elements.add(made(verb, filter, value));
            return;
        }
        for (int index : matches) {
            if (part != null) {
                setPart(index, part, value);
            } else {
                elements.set(index, changed(verb, elements.get(index), filter, value));
            }
            if (setsPrimary(part, value)) {
                named.add(elements.get(index));
            }
        }
    }

    private static boolean setsPrimary(@Nullable String part, JsonNode value) {
        return part != null
                ? PRIMARY.equalsIgnoreCase(part)
                : value instanceof ObjectNode sent && Fields.find(sent, PRIMARY) != null;
    }

    private void checkPartOfMember(@Nullable String part) {
        if (isMembers && VALUE.equalsIgnoreCase(part)) {
            throw ScimError.mutability("The value of a member is immutable.");
        }
    }

    private void setPart(int index, String part, JsonNode value) {
        ObjectNode element = Condition.asObject(elements.get(index));
        elements.set(index, element);
        element.set(PatchedAttribute.nameIn(element, part), value.deepCopy());
    }

    private JsonNode changed(
            PatchOperation.Verb verb, JsonNode present, Condition filter, JsonNode value) {
        if (!(element(value) instanceof ObjectNode sent)) {
            return value.deepCopy();
        }
        ObjectNode changed = Condition.asObject(present);
        if (verb == PatchOperation.Verb.REPLACE) {
            // The whole value is replaced, and yet stays the one that the filter finds.
            changed.removeAll();
            demand(filter, changed);
        }
        PatchedAttribute.merge(changed, sent);
        return changed;
    }

    /// Entra expects of `emails[type eq "work"].value` that the address is made where there is
    /// none. The new value is what the filter demands, where that is plain; nobody becomes a member
    /// of a group in this way, and where a whole value is to be replaced there must be one.
    private ObjectNode made(PatchOperation.Verb verb, Condition filter, JsonNode value) {
        ObjectNode made = attribute.container().objectNode();
        boolean mayBeMade =
                !isMembers && (attribute.part() != null || verb == PatchOperation.Verb.ADD);
        if (!mayBeMade || !demand(filter, made)) {
            throw noTarget();
        }
        if (attribute.part() != null) {
            made.set(attribute.part(), value.deepCopy());
        } else if (element(value) instanceof ObjectNode sent) {
            PatchedAttribute.merge(made, sent);
        }
        if (!filter.holds(made)) {
            throw noTarget();
        }
        return made;
    }

    private static ScimError noTarget() {
        return ScimError.noTarget("No value of the attribute matches the path's filter.");
    }

    /// Writes into an element what a filter demands of it.
    ///
    /// @return whether the filter demands equalities only
    private static boolean demand(Condition filter, ObjectNode element) {
        return switch (filter) {
            case Condition.All(var conditions) -> {
                boolean isPlain = true;
                for (Condition condition : conditions) {
                    isPlain &= demand(condition, element);
                }
                yield isPlain;
            }
            case Condition.Compared compared -> demandEquality(compared, element);
            case Condition.Any _, Condition.Not _, Condition.Present _, Condition.Element _ ->
                    false;
        };
    }

    private static boolean demandEquality(Condition.Compared compared, ObjectNode element) {
        AttributePath path = compared.path();
        boolean isPlain =
                compared.operator() == Operator.EQ
                        && !compared.literal().isNull()
                        && path.schema() == null
                        && path.part() == null;
        if (isPlain) {
            Attribute known = compared.attribute();
            element.set(
                    known == null ? path.name() : known.name(), value(known, compared.literal()));
        }
        return isPlain;
    }

    private static JsonNode value(@Nullable Attribute known, Literal literal) {
        if (known == null) {
            return literal.value();
        }
        return known.type() == Attribute.Type.BOOLEAN
                ? BooleanNode.valueOf(literal.text().equalsIgnoreCase("true"))
                : TextNode.valueOf(literal.text());
    }

    void remove(@Nullable Condition filter, @Nullable JsonNode listed) {
        String part = attribute.part();
        checkPartOfMember(part);
        if (filter == null && part == null && listed != null) {
            removeListed(listed);
        } else if (part == null && filter != null) {
            elements.removeIf(element -> filter.holds(Condition.asObject(element)));
        } else if (part != null) {
            List<Integer> matches = filter == null ? all() : matches(filter);
            matches.forEach(index -> removePart(elements.get(index), part));
            elements.removeIf(element -> element.isObject() && element.isEmpty());
        }
        write();
    }

    /// Only what is listed goes. A strict reader would clear the group, which authentik and Entra
    /// do not mean.
    private void removeListed(JsonNode listed) {
        if (isMembers) {
            Set<String> ids = new LinkedHashSet<>();
            Members.read(listed).forEach(member -> ids.add(Members.idOf(member)));
            elements.removeIf(element -> ids.contains(Members.idOf(element)));
        } else {
            List<JsonNode> unwanted = sent(listed);
            elements.removeIf(
                    element -> unwanted.stream().anyMatch(sent -> isMeant(sent, element)));
        }
    }

    /// Whether an element has all the parts that were sent to name it.
    private static boolean isMeant(JsonNode sent, JsonNode element) {
        if (!(sent instanceof ObjectNode parts)) {
            return sent.equals(element);
        }
        return !parts.isEmpty()
                && parts.properties().stream()
                        .filter(part -> !part.getValue().isNull())
                        .allMatch(part -> part.getValue().equals(element.get(part.getKey())));
    }

    private static void removePart(JsonNode element, String part) {
        if (element instanceof ObjectNode object) {
            object.remove(PatchedAttribute.nameIn(object, part));
        }
    }

    private List<Integer> matches(Condition filter) {
        return all().stream()
                .filter(index -> filter.holds(Condition.asObject(elements.get(index))))
                .toList();
    }

    private List<Integer> all() {
        List<Integer> indices = new ArrayList<>();
        for (int index = 0; index < elements.size(); index++) {
            indices.add(index);
        }
        return indices;
    }

    private Set<JsonNode> primaries() {
        Set<JsonNode> primaries = identities();
        elements.stream().filter(PatchedElements::isPrimary).forEach(primaries::add);
        return primaries;
    }

    private static boolean isPrimary(JsonNode element) {
        return element.path(PRIMARY).asText().equalsIgnoreCase("true");
    }

    /// What becomes the preferred value takes that from the one before (RFC 7644 section 3.5.2).
    /// Where a filter finds several, the first of them is it, so that the same operation once more
    /// changes nothing.
    private void leaveOnePrimary(Set<JsonNode> old) {
        Optional<JsonNode> preferred =
                elements.stream()
                        .filter(PatchedElements::isPrimary)
                        .filter(element -> named.contains(element) || !old.contains(element))
                        .findFirst();
        if (preferred.isPresent()) {
            Set<JsonNode> giving = identities();
            giving.addAll(old);
            giving.addAll(named);
            giving.remove(preferred.get());
            for (JsonNode element : elements) {
                if (giving.contains(element) && element instanceof ObjectNode former) {
                    former.put(PRIMARY, false);
                }
            }
        }
    }

    /// Two values may say the same and are two all the same.
    private static Set<JsonNode> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private void write() {
        if (!isMembers && elements.size() > ScimLimits.VALUES_MAX) {
            throw ScimError.tooLarge(
                    "An attribute has at most " + ScimLimits.VALUES_MAX + " values.");
        }
        ObjectNode container = attribute.container();
        container.set(attribute.key(), container.arrayNode(elements.size()).addAll(elements));
    }
}
