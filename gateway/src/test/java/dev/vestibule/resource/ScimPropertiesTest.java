package dev.vestibule.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

class ScimPropertiesTest {

    private static final String ID = "the-id";

    @Property
    void anyTextIsAFilterOrAnError(@ForAll String text) {
        Throwable thrown = catchThrowable(() -> Filter.parse(ResourceKind.USER, text));

        assertThat(thrown == null || thrown instanceof ScimError).as(text).isTrue();
    }

    @Property
    void anOperationChangesNothingTheSecondTime(@ForAll long seed) {
        ScimGrammar grammar = new ScimGrammar(seed);
        ResourceKind kind = grammar.isOneIn(2) ? ResourceKind.USER : ResourceKind.GROUP;
        ObjectNode before =
                Documents.from(kind, kind == ResourceKind.USER ? grammar.user() : grammar.group());
        ObjectNode operation = grammar.operation(kind);
        Assume.that(!movesItsOwnTarget(operation));
        Patch patch = patch(kind, operation);
        ObjectNode once = applied(patch, before);

        assertThat(patch.applyTo(ID, once)).as("%s to %s", operation, before).isEqualTo(once);
    }

    /// What gives the value that it is about another type does not find it again.
    private static boolean movesItsOwnTarget(ObjectNode operation) {
        return operation.path("path").asText().endsWith("]") && operation.at("/value").has("type");
    }

    private static ObjectNode applied(Patch patch, ObjectNode before) {
        try {
            return patch.applyTo(ID, before);
        } catch (ScimError refused) {
            Assume.that(false);
            throw refused;
        }
    }

    /// authentik sends one operation for each member, in no particular order.
    @Property
    void theLastWordAboutAMemberCounts(
            @ForAll @Size(max = 30) List<@IntRange(min = -5, max = 5) Integer> words) {
        ObjectNode group = FilterTest.object("{\"displayName\":\"Family\"}");
        Set<Integer> members = new TreeSet<>();
        for (int word : words) {
            int member = Math.abs(word);
            String operation =
                    "{\"op\":\"%s\",\"path\":\"members\",\"value\":[{\"value\":\"%d\"}]}"
                            .formatted(word < 0 ? "Remove" : "Add", member);
            group = patch(ResourceKind.GROUP, FilterTest.object(operation)).applyTo(ID, group);
            boolean _ = word < 0 ? members.remove(member) : members.add(member);
        }

        assertThat(group.path("members").valueStream().map(each -> each.path("value").asText()))
                .containsExactlyInAnyOrderElementsOf(
                        members.stream().map(String::valueOf).toList());
    }

    private static Patch patch(ResourceKind kind, ObjectNode operation) {
        ObjectNode body = operation.objectNode();
        body.putArray("Operations").add(operation);
        return Patch.read(kind, body);
    }
}
