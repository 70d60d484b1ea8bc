package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.resource.Documents;
import dev.vestibule.resource.Filter;
import dev.vestibule.resource.Patch;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.ScimError;
import dev.vestibule.resource.ScimGrammar;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Filters and operations as three npm packages understand them, which know nothing of us. Where we
/// differ on purpose stands in `scim-divergences.json`: the pattern of such cases and an example,
/// which is tried. `docs/divergences.md` tells the same to people.
class ScimSecondOpinionTest {

    private static final int CASES = 3_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonNode REFUSED = JSON.textNode("refused");
    private static final JsonNode DIVERGENCES = divergences();

    @AutoClose private final NodePeer peer = NodePeer.start("scim-second-opinion.mjs");

    private static JsonNode divergences() {
        try (InputStream file =
                ScimSecondOpinionTest.class.getResourceAsStream("scim-divergences.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scim-query-filter-parser", "scim2-parse-filter"})
    void filtersMatchWhatTheyMatchElsewhere(String name) {
        ArrayNode cases = JSON.arrayNode();
        for (long seed = 0; seed < CASES; seed++) {
            ScimGrammar grammar = ScimGrammar.plain(seed);
            cases.addObject()
                    .put("filter", grammar.filter())
                    .set("resource", grammar.completeUser());
        }

        assertThat(unexplained(name, cases)).isEmpty();
    }

    @Test
    void operationsChangeWhatTheyChangeElsewhere() {
        ArrayNode cases = JSON.arrayNode();
        for (long seed = 0; seed < CASES; seed++) {
            ScimGrammar grammar = ScimGrammar.plain(seed);
            ResourceKind kind = grammar.isOneIn(2) ? ResourceKind.USER : ResourceKind.GROUP;
            ObjectNode before = kind == ResourceKind.USER ? grammar.user() : grammar.group();
            cases.addObject()
                    .put("kind", kind.name())
                    .<ObjectNode>set("before", before)
                    .set("operations", JSON.arrayNode().add(grammar.operation(kind)));
        }

        assertThat(unexplained("scim-patch", cases)).isEmpty();
    }

    /// A divergence that is no longer one has to leave the list.
    @Test
    void everyListedDivergenceIsOne() {
        for (JsonNode divergence : DIVERGENCES) {
            JsonNode example = divergence.path("example");
            JsonNode theirs = ask(divergence.path("peer").textValue(), List.of(example)).get(0);

            assertThat(ours(example)).as("ours, %s", example).isEqualTo(example.get("ours"));
            assertThat(theirs).as("theirs, %s", example).isEqualTo(example.get("theirs"));
            assertThat(withoutEmpty(theirs.deepCopy()))
                    .as("%s", example)
                    .isNotEqualTo(withoutEmpty(ours(example)));
        }
    }

    @Test
    void everyListedDivergenceIsToldToPeople() throws IOException {
        String page =
                Files.readString(
                        Path.of(System.getProperty("vestibule.repository", ".."))
                                .resolve("docs/divergences.md"));

        assertThat(DIVERGENCES).isNotEmpty();
        for (JsonNode divergence : DIVERGENCES) {
            assertThat(page).contains(divergence.path("what").textValue());
        }
    }

    private JsonNode ask(String name, Iterable<? extends JsonNode> cases) {
        return peer.ask(name, Map.of("cases", cases));
    }

    private List<String> unexplained(String name, ArrayNode cases) {
        JsonNode theirs = ask(name, cases);
        List<String> unexplained = new ArrayList<>();
        int agreed = 0;
        for (int i = 0; i < cases.size(); i++) {
            JsonNode ours = ours(cases.get(i));
            if (withoutEmpty(ours).equals(withoutEmpty(theirs.get(i)))) {
                agreed++;
            } else if (!isExplained(name, cases.get(i))) {
                unexplained.add(
                        "%s%n  ours   %s%n  theirs %s"
                                .formatted(cases.get(i), ours, theirs.get(i)));
            }
        }
        assertThat(agreed).as("cases on which both agree").isGreaterThan(cases.size() / 2);
        return unexplained;
    }

    /// A list or an object without content means the same as none (RFC 7643 section 2.5).
    private static JsonNode withoutEmpty(JsonNode document) {
        if (document instanceof ObjectNode object) {
            object.properties()
                    .removeIf(
                            each -> each.getValue().isContainerNode() && each.getValue().isEmpty());
        }
        return document;
    }

    private static boolean isExplained(String name, JsonNode one) {
        String text =
                one.has("filter")
                        ? one.path("filter").textValue()
                        : one.path("operations").get(0).toString();
        return DIVERGENCES
                .valueStream()
                .filter(each -> each.path("peer").asText().equals(name) && each.has("when"))
                .anyMatch(each -> Pattern.compile(each.path("when").asText()).matcher(text).find());
    }

    private static JsonNode ours(JsonNode one) {
        try {
            return one.has("filter") ? ourMatch(one) : ourDocument(one);
        } catch (ScimError refused) {
            return REFUSED;
        }
    }

    private static JsonNode ourMatch(JsonNode one) {
        ObjectNode resource = (ObjectNode) one.path("resource");
        return JSON.booleanNode(
                Filter.parse(ResourceKind.USER, one.path("filter").asText()).matches(resource));
    }

    /// Without `schemas`, which we always have.
    private static JsonNode ourDocument(JsonNode one) {
        ResourceKind kind = ResourceKind.valueOf(one.path("kind").asText("USER"));
        ObjectNode patch = JSON.objectNode().set("Operations", one.path("operations"));
        ObjectNode after =
                Patch.read(kind, patch).applyTo("the-id", Documents.from(kind, one.path("before")));
        after.remove("schemas");
        return after;
    }
}
