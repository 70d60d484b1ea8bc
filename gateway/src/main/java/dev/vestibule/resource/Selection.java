package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which attributes an answer shows (RFC 7644 section 3.9). `id` and `schemas` are always there.
/// Lists that clients walk through without looking are there too, if only empty. Immutable.
public final class Selection {

    private static final Set<String> ALWAYS = ignoringCase(List.of("id", "schemas"));

    private final ResourceKind kind;
    private final List<AttributePath> shown;
    private final List<AttributePath> hidden;

    private Selection(ResourceKind kind, List<AttributePath> shown, List<AttributePath> hidden) {
        this.kind = kind;
        this.shown = shown;
        this.hidden = hidden;
    }

    public static Selection everything(ResourceKind kind) {
        return new Selection(kind, List.of(), List.of());
    }

    /// @param attributes the names to show; none means all
    /// @param excluded the names to leave out
    /// @throws ScimError invalidValue where both are given, or a name cannot be read
    public static Selection of(ResourceKind kind, List<String> attributes, List<String> excluded) {
        if (!attributes.isEmpty() && !excluded.isEmpty()) {
            throw ScimError.invalidValue("attributes and excludedAttributes exclude each other.");
        }
        return new Selection(kind, paths(kind, attributes), paths(kind, excluded));
    }

    /// Names as they stand in a query, with commas between them; empty where none are given.
    public static List<String> names(String parameter) {
        return Arrays.stream(parameter.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static List<AttributePath> paths(ResourceKind kind, List<String> names) {
        if (names.size() > ScimLimits.SELECTED_MAX) {
            throw ScimError.invalidValue(
                    "At most " + ScimLimits.SELECTED_MAX + " attributes can be named.");
        }
        return names.stream()
                .map(name -> AttributePath.parse(kind, name).orElseThrow(Selection::unreadableName))
                .toList();
    }

    private static ScimError unreadableName() {
        return ScimError.invalidValue("The name of a selected attribute cannot be read.");
    }

    /// Whether anything of this attribute is shown, so that what is not need not be looked up.
    ///
    /// @param attribute at the top of the document, such as `members`
    public boolean includes(String attribute) {
        if (ALWAYS.contains(attribute)) {
            return true;
        }
        return shown.isEmpty()
                ? hidden.stream().noneMatch(path -> path.isTop(attribute) && path.part() == null)
                : shown.stream().anyMatch(path -> path.isTop(attribute));
    }

    /// @param rendered a whole document with id and meta; it stays as it is
    public ObjectNode applyTo(ObjectNode rendered) {
        ObjectNode complete = withLists(rendered);
        if (!shown.isEmpty()) {
            return shownOf(complete);
        }
        return hidden.isEmpty() ? complete : withoutHidden(complete);
    }

    private ObjectNode withLists(ObjectNode rendered) {
        ObjectNode complete = rendered.objectNode().setAll(rendered);
        for (String list : lists()) {
            if (Fields.find(complete, list) == null) {
                complete.putArray(list);
            }
        }
        return complete;
    }

    private List<String> lists() {
        return switch (kind) {
            case USER -> List.of("emails", "groups");
            case GROUP -> List.of(Members.NAME);
        };
    }

    private ObjectNode shownOf(ObjectNode complete) {
        Branch root = Branch.of(shown, complete);
        ALWAYS.forEach(name -> root.grow(name).isWhole = true);
        return (ObjectNode) root.kept(complete);
    }

    private ObjectNode withoutHidden(ObjectNode complete) {
        Branch root = Branch.of(hidden, complete);
        ALWAYS.forEach(root.branches::remove);
        return (ObjectNode) root.rest(complete);
    }

    private static Set<String> ignoringCase(List<String> names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(names);
        return set;
    }

    /// The named attributes as a tree, by the names of the members on the way to them.
    private static final class Branch {

        private final Map<String, Branch> branches = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private boolean isWhole;

        static Branch of(List<AttributePath> paths, ObjectNode document) {
            Branch root = new Branch();
            for (AttributePath path : paths) {
                Branch leaf = root;
                for (String step : steps(path.in(document))) {
                    leaf = leaf.grow(step);
                }
                leaf.isWhole = true;
            }
            return root;
        }

        private static List<String> steps(AttributePath path) {
            List<String> steps = new ArrayList<>();
            addIfThere(steps, path.schema());
            steps.add(path.name());
            addIfThere(steps, path.part());
            return steps;
        }

        private static void addIfThere(List<String> steps, @Nullable String step) {
            if (step != null) {
                steps.add(step);
            }
        }

        Branch grow(String name) {
            return branches.computeIfAbsent(name, _ -> new Branch());
        }

        /// Of a value, what is named.
        JsonNode kept(JsonNode value) {
            return mapped(
                    value,
                    (object, result) ->
                            object.properties()
                                    .forEach(
                                            member -> {
                                                Branch branch = branches.get(member.getKey());
                                                if (branch != null) {
                                                    result.set(
                                                            member.getKey(),
                                                            branch.isWhole
                                                                    ? member.getValue()
                                                                    : branch.kept(
                                                                            member.getValue()));
                                                }
                                            }));
        }

        /// Of a value, what is not named.
        JsonNode rest(JsonNode value) {
            return mapped(
                    value,
                    (object, result) ->
                            object.properties()
                                    .forEach(
                                            member -> {
                                                Branch branch = branches.get(member.getKey());
                                                if (branch == null) {
                                                    result.set(member.getKey(), member.getValue());
                                                } else if (!branch.isWhole) {
                                                    result.set(
                                                            member.getKey(),
                                                            branch.rest(member.getValue()));
                                                }
                                            }));
        }

        private interface Walk {
            void take(ObjectNode object, ObjectNode result);
        }

        private static JsonNode mapped(JsonNode value, Walk walk) {
            if (value instanceof ArrayNode array) {
                ArrayNode elements = array.arrayNode(array.size());
                array.forEach(element -> elements.add(mapped(element, walk)));
                return elements;
            }
            if (value instanceof ObjectNode object) {
                ObjectNode result = object.objectNode();
                walk.take(object, result);
                return result;
            }
            return value;
        }
    }
}
