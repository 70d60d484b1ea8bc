package dev.vestibule.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

/// What identity systems send, from `patches.json`: a document before, the operations, and the
/// document after or the error. `schemas` is only compared where a case speaks of it.
class PatchTest {

    private static final String ID = "the-id";

    static Stream<Named<JsonNode>> good() throws IOException {
        return cases().filter(named -> named.getPayload().has("after"));
    }

    static Stream<Named<JsonNode>> bad() throws IOException {
        return cases().filter(named -> named.getPayload().has("error"));
    }

    private static Stream<Named<JsonNode>> cases() throws IOException {
        try (InputStream file = PatchTest.class.getResourceAsStream("patches.json")) {
            return new ObjectMapper()
                    .readTree(file)
                    .valueStream()
                    .map(each -> Named.of(each.path("name").textValue(), each));
        }
    }

    @ParameterizedTest
    @MethodSource("good")
    void isApplied(JsonNode sent) {
        ObjectNode before = before(sent);
        ObjectNode after = patch(sent).applyTo(ID, before);

        assertThat(comparable(after, sent.path("after"))).isEqualTo(sent.path("after"));
        assertThat(before).isEqualTo(before(sent));
    }

    @ParameterizedTest
    @MethodSource("good")
    void changesNothingTheSecondTime(JsonNode sent) {
        ObjectNode once = patch(sent).applyTo(ID, before(sent));

        assertThat(patch(sent).applyTo(ID, once)).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void isRefusedAsAWhole(JsonNode sent) {
        ObjectNode before = before(sent);
        ScimError error =
                catchThrowableOfType(ScimError.class, () -> patch(sent).applyTo(ID, before));

        assertThat(error).isNotNull();
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.type().orElseThrow().keyword()).isEqualTo(sent.path("error").textValue());
        assertThat(error.isUnreadableActive()).isEqualTo(sent.path("alarm").booleanValue());
        assertThat(before).isEqualTo(before(sent));
    }

    private static ResourceKind kind(JsonNode sent) {
        return ResourceKind.valueOf(sent.path("kind").asText("USER"));
    }

    private static ObjectNode before(JsonNode sent) {
        return Documents.from(kind(sent), sent.path("before"));
    }

    private static Patch patch(JsonNode sent) {
        ObjectNode body = FilterTest.object("{}");
        body.set("Operations", sent.path("operations"));
        return Patch.read(kind(sent), body);
    }

    private static ObjectNode comparable(ObjectNode after, JsonNode expected) {
        return expected.has("schemas") ? after : after.deepCopy().without("schemas");
    }

    @Test
    void readsTheKeysOfAPatchInAnyOrderAndCase() {
        ObjectNode body =
                FilterTest.object(
                        """
                        {"operations":[{"value":false,"path":"active","op":"Replace"}],
                         "schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"]}
                        """);

        ObjectNode after =
                Patch.read(ResourceKind.USER, body)
                        .applyTo(ID, FilterTest.object("{\"userName\":\"ada\"}"));

        assertThat(Documents.isActive(after)).isFalse();
    }

    /// Two values that the filter finds are made the preferred one together.
    @Test
    void theFirstOfSeveralThatBecomePreferredIsItHoweverOftenItIsSaid() {
        ObjectNode body = FilterTest.object("{}");
        body.putArray("Operations")
                .add(
                        operation("replace", "emails[type eq \"work\"]")
                                .set("value", FilterTest.object("{\"primary\":true}")));
        Patch patch = Patch.read(ResourceKind.USER, body);
        ObjectNode before =
                FilterTest.object(
                        """
                        {"userName":"ada","emails":[
                         {"value":"b","type":"work","primary":false},
                         {"value":"c","type":"work","primary":true},
                         {"value":"d","type":"home","primary":false}]}
                        """);

        ObjectNode once = patch.applyTo(ID, before);

        assertThat(once.path("emails"))
                .extracting(email -> email.path("primary").asBoolean())
                .containsExactly(true, false, false);
        assertThat(patch.applyTo(ID, once)).isEqualTo(once);
    }

    @Test
    void takesABoundedNumberOfOperations() {
        ObjectNode body = FilterTest.object("{}");
        ArrayNode operations = body.putArray("Operations");
        for (int i = 0; i <= ScimLimits.PATCH_OPERATIONS_MAX; i++) {
            operations.addObject().put("op", "remove").put("path", "title");
        }

        assertThatThrownBy(() -> Patch.read(ResourceKind.USER, body))
                .isInstanceOfSatisfying(
                        ScimError.class, error -> assertThat(error.status()).isEqualTo(413));

        operations.remove(0);
        Patch.read(ResourceKind.USER, body)
                .applyTo(ID, FilterTest.object("{\"userName\":\"ada\"}"));
    }

    @Test
    void doesNotLetADocumentGrowWithoutEnd() {
        String large = "x".repeat(ScimLimits.TEXT_LENGTH_MAX);
        ObjectNode body = FilterTest.object("{}");
        ArrayNode operations = body.putArray("Operations");
        for (String name : new String[] {"title", "nickName", "locale"}) {
            operations.addObject().put("op", "add").put("path", name).put("value", large);
        }

        assertThatThrownBy(
                        () ->
                                Patch.read(ResourceKind.USER, body)
                                        .applyTo(ID, FilterTest.object("{\"userName\":\"ada\"}")))
                .isInstanceOfSatisfying(
                        ScimError.class, error -> assertThat(error.status()).isEqualTo(413));
    }

    /// Each name is looked for among those that are there: 60,000 of them held the database for
    /// half a minute.
    @Test
    void takesABoundedNumberOfNames() {
        ObjectNode value = FilterTest.object("{}");
        for (int i = 0; i < 60_000; i++) {
            value.put("name" + i, 1);
        }
        ObjectNode deep = FilterTest.object("{}");
        deep.set("urn:example:House", value);

        assertTooLarge(operation("add", null).set("value", value));
        assertTooLarge(operation("add", null).set("value", deep));
        assertTooLarge(operation("add", "house").set("value", value));
    }

    @Test
    void takesABoundedNumberOfValues() {
        ObjectNode value = FilterTest.object("{}");
        ArrayNode pets = value.putArray("pets");
        for (int i = 0; i <= ScimLimits.VALUES_MAX; i++) {
            pets.add(i);
        }

        assertTooLarge(operation("add", "pets").set("value", pets));
        assertTooLarge(operation("add", null).set("value", value));
    }

    @Test
    void takesABoundedNumberOfComparisonsInPaths() {
        String path = "emails[" + "type eq \"work\" or ".repeat(99) + "type eq \"x\"]";
        ObjectNode body = FilterTest.object("{}");
        ArrayNode operations = body.putArray("Operations");
        for (int i = 0; i < 10; i++) {
            operations.add(operation("remove", path));
        }
        Patch.read(ResourceKind.USER, body).applyTo(ID, before());

        operations.add(operation("remove", "emails[type eq \"x\"]"));

        assertTooLarge(body);
    }

    private static ObjectNode operation(String verb, @Nullable String path) {
        return FilterTest.object("{}").put("op", verb).put("path", path);
    }

    private static ObjectNode before() {
        return FilterTest.object("{\"userName\":\"ada\"}");
    }

    private static void assertTooLarge(ObjectNode sent) {
        ObjectNode body = sent;
        if (!sent.has("Operations")) {
            body = FilterTest.object("{}");
            body.putArray("Operations").add(sent);
        }
        Patch patch = Patch.read(ResourceKind.USER, body);
        assertThatThrownBy(() -> patch.applyTo(ID, before()))
                .isInstanceOfSatisfying(
                        ScimError.class, error -> assertThat(error.status()).isEqualTo(413));
    }

    @Test
    void twoListsOfOperationsAreNone() throws IOException {
        String operation = "[{\"op\":\"replace\",\"path\":\"active\",\"value\":%s}]";
        JsonNode body =
                new ObjectMapper()
                        .readTree(
                                "{\"Operations\":"
                                        + operation.formatted("false")
                                        + ",\"operations\":"
                                        + operation.formatted("true")
                                        + "}");

        ScimError error =
                catchThrowableOfType(ScimError.class, () -> Patch.read(ResourceKind.USER, body));

        assertThat(error.type()).contains(ScimType.INVALID_SYNTAX);
        assertThat(error.isUnreadableActive()).isTrue();
    }
}
