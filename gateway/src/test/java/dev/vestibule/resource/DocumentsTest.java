package dev.vestibule.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class DocumentsTest {

    private static ObjectNode user(String json) {
        return Documents.from(ResourceKind.USER, read(json));
    }

    private static ObjectNode group(String json) {
        return Documents.from(ResourceKind.GROUP, read(json));
    }

    private static JsonNode read(String json) {
        return Documents.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static ScimError refusal(Runnable reading) {
        ScimError error = catchThrowableOfType(ScimError.class, reading::run);
        assertThat(error).isNotNull();
        return error;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} {}",
                "{\"a\":1}x",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":\"\n\"}",
                "\u0000",
                "{\"a\":1e",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":[{\"\\udc00\":1}]}",
            })
    void readsOnlyWhatCanBeReadInOneWay(String body) {
        assertThat(refusal(() -> read(body)).type()).contains(ScimType.INVALID_SYNTAX);
    }

    @Test
    void readsNothingThatIsNestedWithoutEnd() {
        String bomb = "[".repeat(100_000);
        assertThat(refusal(() -> read(bomb)).type()).contains(ScimType.INVALID_SYNTAX);
        assertThat(refusal(() -> read("{\"a\":".repeat(21) + "1" + "}".repeat(21))).status())
                .isEqualTo(400);
        assertThat(read("{\"a\":".repeat(20) + "1" + "}".repeat(20)).isObject()).isTrue();
    }

    @Test
    void readsNothingThatIsTooLarge() {
        assertThat(refusal(() -> read(" ".repeat(ScimLimits.BODY_BYTES_MAX + 1))).status())
                .isEqualTo(413);
        assertThat(refusal(() -> read("[" + "1,".repeat(10_000) + "1]")).status()).isEqualTo(413);
        assertThat(refusal(() -> read(objectOf(251))).status()).isEqualTo(413);
        assertThat(read(objectOf(250))).hasSize(250);
        assertThat(refusal(() -> read("1".repeat(65))).status()).isEqualTo(400);
        assertThat(refusal(() -> read("{\"" + "n".repeat(100_000) + "\":1}")).status())
                .isEqualTo(400);
        assertThat(refusal(() -> read("\"" + "n".repeat(100_000) + "\"")).status()).isEqualTo(400);
    }

    private static String objectOf(int names) {
        return IntStream.range(0, names)
                .mapToObj("\"n%d\":1"::formatted)
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void keepsWhatWasSentAsItWasSent() {
        String sent =
                """
                {"schemas":["urn:scim:schemas:core:1.0","urn:example:House"],"userName":"Ada",\
                "nickName":null,"roles":[],\
                "emails":[{"value":"Ada@Home.example","primary":"True"}],\
                "height":1.70,"size":1E+3,"big":12345678901234567890,\
                "urn:example:House":{"floor":"second"},"x-odd":{"a.b":[1,[2]]},"active":false}""";
        ObjectNode kept = user(sent);

        assertThat(Documents.text(kept)).isEqualTo(sent);
        assertThat(Documents.text((ObjectNode) read(Documents.text(kept)))).isEqualTo(sent);
    }

    @Test
    void keepsNothingThatIsOursToSayAndNoPassword() {
        ObjectNode kept =
                user(
                        """
                        {"userName":"ada","ID":"x","Meta":{"version":"1"},"PassWord":"hunter2",
                         "groups":[{"value":"admins"}]}
                        """);

        assertThat(kept.propertyStream().map(Map.Entry::getKey))
                .containsExactly("userName", "schemas");
    }

    @Test
    void writesKnownNamesAsTheirSchemasDo() {
        assertThat(
                        user(
                                """
                                {"schemas":["s"],"USERNAME":"ada","Name":{"givenname":"Ada"},
                                 "Emails":[{"VALUE":"a@x","Type":"work"}],"MyOwn":{"ValUe":1},
                                 "URN:ietf:params:scim:schemas:extension:enterprise:2.0:user":
                                     {"employeenumber":"7","Manager":{"VALUE":"m"}}}
                                """))
                .isEqualTo(
                        read(
                                """
                                {"schemas":["s"],"userName":"ada","name":{"givenName":"Ada"},
                                 "emails":[{"value":"a@x","type":"work"}],"MyOwn":{"ValUe":1},
                                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                                     {"employeeNumber":"7","manager":{"value":"m"}}}
                                """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"ada\"",
                "null",
                "{\"userName\":\"a\",\"username\":\"b\"}",
                "{\"userName\":\"a\",\"own\":1,\"OWN\":2}",
                "{\"userName\":\"a\",\"name\":{\"givenName\":\"a\",\"GivenName\":\"b\"}}",
                "{\"userName\":\"a\",\"urn:ietf:params:scim:schemas:core:2.0:User\":"
                        + "{\"active\":false}}",
                "{\"userName\":\"a\",\"urn:ietf:params:scim:schemas:core:2.0:User:active\":false}",
            })
    void refusesADocumentThatCanBeReadInTwoWays(String body) {
        assertThat(refusal(() -> user(body)).type()).contains(ScimType.INVALID_SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"userName\":null}",
                "{\"userName\":\"\"}",
                "{\"userName\":\" \\t\"}",
                "{\"userName\":7}",
                "{\"userName\":[\"ada\"]}",
                "{\"userName\":\"ada\\n\"}",
                "{\"userName\":\"ada\\u001b[31m\"}",
                "{\"userName\":\"ada\\u202egnp\"}",
                "{\"userName\":\"ada\\u2067eve\"}",
                "{\"userName\":\"ada\\u061ceve\"}",
                "{\"userName\":\"ada\\u200feve\"}",
                "{\"userName\":\"ada\\u2028eve\"}",
                "{\"userName\":\"ada\",\"externalId\":5}",
                "{\"userName\":\"ada\",\"externalId\":\" \"}",
                "{\"userName\":\"ada\",\"externalId\":{}}",
                "{\"userName\":\"ada\",\"displayName\":{}}",
                "{\"userName\":\"ada\",\"emails\":\"a@x\"}",
                "{\"userName\":\"ada\",\"name\":\"Ada\"}",
                "{\"userName\":\"ada\",\"schemas\":\"urn\"}",
                "{\"userName\":\"ada\",\"schemas\":[1]}",
            })
    void refusesAUserWithWrongValues(String body) {
        ScimError error = refusal(() -> user(body));

        assertThat(error.type()).contains(ScimType.INVALID_VALUE);
        assertThat(error.isUnreadableActive()).isFalse();
    }

    @Test
    void refusesNamesOfAnyLength() {
        assertThat(user("{\"userName\":\"" + "a".repeat(512) + "\"}").size()).isEqualTo(2);
        assertThat(refusal(() -> user("{\"userName\":\"" + "a".repeat(513) + "\"}")).type())
                .contains(ScimType.INVALID_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"True\"", "\"TRUE\"", "[{\"value\":\"true\"}]"})
    void readsThatSomebodyIsActive(String active) {
        assertThat(user("{\"userName\":\"ada\",\"active\":" + active + "}").get("active"))
                .isEqualTo(read("true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "\"False\"", "\"false\"", "[false]", "[{\"value\":false}]"})
    void readsThatSomebodyIsNotActive(String active) {
        assertThat(user("{\"userName\":\"ada\",\"active\":" + active + "}").get("active"))
                .isEqualTo(read("false"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "0",
                "1",
                "\"\"",
                "\"no\"",
                "\" false\"",
                "\"f\u0430lse\"",
                "{}",
                "{\"value\":false}",
                "[]",
                "[[false]]",
                "[false,false]",
                "[{\"value\":\"False\",\"type\":\"x\"}]",
                "[{\"value\":[{\"value\":false}]}]",
                "[{\"value\":\"False\"},{\"value\":\"True\"}]",
            })
    void raisesAnAlarmAtAnActiveThatItCannotRead(String active) {
        ScimError error = refusal(() -> user("{\"userName\":\"ada\",\"active\":" + active + "}"));

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.type()).contains(ScimType.INVALID_VALUE);
        assertThat(error.isUnreadableActive()).isTrue();
    }

    @Test
    void takesAnEmptyExternalIdForNone() {
        assertThat(user("{\"userName\":\"ada\",\"externalId\":\"\"}").has("externalId")).isFalse();
        assertThat(user("{\"userName\":\"ada\",\"externalId\":null}").has("externalId")).isFalse();
    }

    @Test
    void whoIsSentWithoutAWordAboutItIsActive() {
        assertThat(Documents.isActive(user("{\"userName\":\"ada\"}"))).isTrue();
    }

    @Test
    void readsAGroupWithEachMemberOnce() {
        assertThat(
                        group(
                                """
                                {"schemas":["s"],"displayName":"Family","members":[
                                  {"value":"u1","$ref":null,"display":"Ada"},"u2",
                                  {"Value":"u1"},{"type":"Group","value":"g1"}]}
                                """))
                .isEqualTo(
                        read(
                                """
                                {"schemas":["s"],"displayName":"Family","members":[
                                  {"value":"u1","display":"Ada"},{"value":"u2"},
                                  {"value":"g1","type":"Group"}]}
                                """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"displayName\":\" \"}",
                "{\"displayName\":\"F\",\"members\":{\"value\":\"u1\"}}",
                "{\"displayName\":\"F\",\"members\":[{}]}",
                "{\"displayName\":\"F\",\"members\":[null]}",
                "{\"displayName\":\"F\",\"members\":[{\"value\":\"\"}]}",
                "{\"displayName\":\"F\",\"members\":[{\"value\":1}]}",
                "{\"displayName\":\"F\",\"members\":[{\"value\":{\"value\":\"u\"}}]}",
                "{\"displayName\":\"F\",\"members\":[[\"u1\"]]}",
            })
    void refusesAGroupWithWrongValues(String body) {
        assertThat(refusal(() -> group(body)).type()).contains(ScimType.INVALID_VALUE);
    }

    @Test
    void refusesAGroupWithTooManyMembers() {
        ObjectNode group = FilterTest.object("{\"displayName\":\"All\"}");
        ArrayNode members = group.putArray("members");
        for (int i = 0; i < ScimLimits.MEMBERS_MAX; i++) {
            members.add("u" + i);
        }
        assertThat(Documents.from(ResourceKind.GROUP, group).path("members"))
                .hasSize(ScimLimits.MEMBERS_MAX);

        members.add("one more");

        assertThat(refusal(() -> Documents.from(ResourceKind.GROUP, group)).status())
                .isEqualTo(413);
    }

    @Test
    void aReplacementKeepsActiveAndExternalIdThatItDoesNotSpeakOf() {
        ObjectNode before =
                user("{\"userName\":\"a\",\"title\":\"T\",\"active\":false,\"externalId\":\"e\"}");

        assertThat(Documents.replacing(before, user("{\"userName\":\"b\"}")))
                .isEqualTo(user("{\"userName\":\"b\",\"active\":false,\"externalId\":\"e\"}"));
        assertThat(
                        Documents.replacing(
                                before,
                                user(
                                        """
                                        {"userName":"b","active":true,"externalId":"f"}
                                        """)))
                .isEqualTo(user("{\"userName\":\"b\",\"active\":true,\"externalId\":\"f\"}"));
    }

    @Test
    void aRefusalShowsNothingOfWhatWasSent() {
        assertThat(refusal(() -> read("{\"password\":\"hunter2\",\"password\":\"hunter2\"}")))
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
        assertThat(refusal(() -> user("{\"userName\":\"\\u0007hunter2\"}")))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void dropsPasswordsWhereverTheyAre() {
        ObjectNode kept =
                user(
                        "{\"userName\":\"ada\",\"Password\":\"x\",\"urn:x:User:password\":\"x\","
                                + "\"urn:y:User\":{\"passWord\":\"x\","
                                + "\"shoe\":[{\"password\":\"x\"}]}}");

        assertThat(kept.toString()).doesNotContainIgnoringCase("password").contains("shoe");
    }

    @Test
    void twoReadingsOfActiveAreAnAlarm() {
        ScimError error =
                refusal(() -> user("{\"userName\":\"ada\",\"active\":false,\"Active\":true}"));

        assertThat(error.type()).contains(ScimType.INVALID_SYNTAX);
        assertThat(error.isUnreadableActive()).isTrue();
    }
}
