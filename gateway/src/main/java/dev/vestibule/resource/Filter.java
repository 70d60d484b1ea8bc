package dev.vestibule.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A search filter (RFC 7644 section 3.4.2.2). Immutable.
///
/// An attribute that no schema knows is no error, since documents hold such attributes too: it is
/// compared where a document has it, and matches nothing elsewhere.
public final class Filter {

    /// The attributes that a store can look up.
    private static final Set<String> INDEXED =
            Set.of("id", "userName", "externalId", "displayName", "members.value", "emails.value");

    private final Condition condition;
    private final List<Equality> required;

    private Filter(Condition condition) {
        this.condition = condition;
        this.required = required(condition, null).distinct().toList();
    }

    /// What must hold of every match. A store may look for these first, by an index; whether a
    /// document matches is still for [#matches] to say.
    ///
    /// @param attribute one of `id`, `externalId` and `members.value`, whose case counts, or
    ///   `userName`, `displayName` and `emails.value`, to be compared by [CaseFold]
    public record Equality(String attribute, String value) {}

    /// @throws ScimError invalidFilter where it cannot be read, or is too long, deep or manifold
    public static Filter parse(ResourceKind kind, String text) {
        return new Filter(FilterParser.filter(kind, text));
    }

    /// @param rendered the document as it would be answered, with id, meta, groups and members
    public boolean matches(ObjectNode rendered) {
        return condition.holds(rendered);
    }

    public List<Equality> required() {
        return required;
    }

    private static Stream<Equality> required(Condition condition, @Nullable AttributePath parent) {
        return switch (condition) {
            case Condition.All(var conditions) ->
                    conditions.stream().flatMap(part -> required(part, parent));
            case Condition.Element(var path, var inner) -> required(inner, path);
            case Condition.Compared compared when isEquality(compared) -> {
                AttributePath path =
                        parent == null ? compared.path() : parent.withPart(compared.path().name());
                yield INDEXED.stream()
                        .filter(name -> name.equalsIgnoreCase(path.toString()))
                        .map(name -> new Equality(name, compared.literal().text()));
            }
            case Condition.Compared _, Condition.Any _, Condition.Not _, Condition.Present _ ->
                    Stream.empty();
        };
    }

    private static boolean isEquality(Condition.Compared compared) {
        return compared.operator() == Operator.EQ && !compared.literal().isNull();
    }
}
