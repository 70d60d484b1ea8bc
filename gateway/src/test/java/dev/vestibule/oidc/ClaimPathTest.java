package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

class ClaimPathTest {

    @Property
    void whatWasPutUnderAPathIsFoundThere(@ForAll("names") List<String> names) {
        ObjectNode claims = nested(names, "found");

        assertThat(ClaimPath.find(claims, String.join(".", names)))
                .map(JsonNode::asText)
                .contains("found");
    }

    @Property
    void aPathWhoseLastNameIsMissingFindsNothing(@ForAll("names") List<String> names) {
        ObjectNode claims = nested(names, "found");

        assertThat(ClaimPath.find(claims, String.join(".", names) + ".more")).isEmpty();
    }

    @Property
    void noPathMakesItFail(@ForAll String path) {
        ObjectNode claims = read("{\"a\":{\"b\":1},\"a.b\":null,\"\":{\"\":2},\"c\":[{\"d\":3}]}");

        assertThat(ClaimPath.find(claims, path)).isNotNull();
    }

    @Provide
    Arbitrary<List<String>> names() {
        Arbitrary<String> plain = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(4);
        Arbitrary<String> dotted = plain.map(name -> "https://" + name + ".example.com/x");
        return Arbitraries.oneOf(plain, dotted).list().ofMinSize(1).ofMaxSize(5);
    }

    private static ObjectNode nested(List<String> names, String value) {
        ObjectNode inner = JsonNodeFactory.instance.objectNode();
        inner.put(names.getLast(), value);
        for (String name : names.reversed().subList(1, names.size())) {
            ObjectNode outer = JsonNodeFactory.instance.objectNode();
            outer.set(name, inner);
            inner = outer;
        }
        return inner;
    }

    private static ObjectNode read(String json) {
        return StrictJson.object(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static Optional<String> find(String json, String path) {
        return ClaimPath.find(read(json), path).map(JsonNode::asText);
    }

    @Example
    void theExactNameIsTriedFirst() {
        assertThat(find("{\"a.b\":\"exact\",\"a\":{\"b\":\"nested\"}}", "a.b")).contains("exact");
    }

    @Example
    void keycloaksRolesAreFound() {
        assertThat(find("{\"realm_access\":{\"roles\":\"r\"}}", "realm_access.roles"))
                .contains("r");
    }

    @Example
    void aShorterNameIsTriedWhereTheLongerOneLeadsNowhere() {
        assertThat(find("{\"a.b\":{\"x\":1},\"a\":{\"b\":{\"c\":\"here\"}}}", "a.b.c"))
                .contains("here");
    }

    @Example
    void nullIsMissing() {
        assertThat(find("{\"groups\":null}", "groups")).isEmpty();
    }
}
