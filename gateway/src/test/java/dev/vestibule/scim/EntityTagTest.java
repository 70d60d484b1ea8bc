package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.scim.ScimClient.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

    private static final String RENAME = "{'op':'replace','path':'displayName','value':'%s'}";

    private final ScimDesk desk = new ScimDesk();
    private final ScimClient okta = desk.client("okta");
    private final String ada = okta.createUser("ada");
    private final String path = "/Users/" + ada;

    @AfterEach
    void close() {
        desk.close();
    }

    private Answer rename(String name, String... headers) {
        return okta.patchOperations(path, RENAME.formatted(name), headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"1\"", "\"1\"", "1", "*", "W/\"7\", W/\"1\"", "\"x\",\"1\""})
    void thePresentVersionMayBeChanged(String tag) {
        rename("Other", "If-Match", tag).expect(200);
        okta.put(path, ScimClient.user("ada", "e"), "If-Match", "W/\"2\"").expect(200);
        okta.delete(path, "If-Match", "W/\"3\"").expect(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"W/\"0\"", "W/\"2\"", "\"11\"", "W/", "x", "W/\"1", "\"1 \"", "01", "", ","})
    void anotherVersionIsRefusedAndNothingChanges(String tag) {
        String before = okta.get(path).text();
        desk.heard.take();

        rename("Other", "If-Match", tag).expectError(412, "");
        okta.put(path, ScimClient.user("eve", "e"), "If-Match", tag).expectError(412, "");
        okta.delete(path, "If-Match", tag).expectError(412, "");

        assertThat(okta.get(path).text()).isEqualTo(before);
        assertThat(desk.heard.take()).isEmpty();
    }

    @Test
    void ofTwoWhoReadTheSameVersionOneChangesIt() {
        String tag = okta.get(path).header("etag");

        rename("First", "If-Match", tag).expect(200);
        rename("Second", "If-Match", tag).expectError(412, "");

        assertThat(okta.get(path).json().path("displayName").asText()).isEqualTo("First");
    }

    @Test
    void whoeverHasTheVersionIsNotSentItAgain() {
        String tag = okta.get(path).header("etag");

        Answer known = okta.get(path, "If-None-Match", tag).expect(304);
        assertThat(known.text()).isEmpty();
        assertThat(known.header("etag")).isEqualTo(tag);
        rename("Other").expect(200);
        okta.get(path, "If-None-Match", tag).expect(200);
    }

    @Test
    void groupsAreSeenToChangeAndStandInNobodysWay() {
        String tag = okta.get(path).header("etag");
        String family = okta.createGroup("Family", ada);

        Answer inGroup = okta.get(path, "If-None-Match", tag).expect(200);
        okta.patchOperations("/Groups/" + family, RENAME.formatted("Home")).expect(204);
        Answer renamed = okta.get(path, "If-None-Match", inGroup.header("etag")).expect(200);
        assertThat(renamed.json().path("groups").get(0).path("display").asText()).isEqualTo("Home");

        rename("Other", "If-Match", tag).expect(200);
        rename("Again", "If-Match", okta.get(path).header("etag")).expect(200);
    }

    @Test
    void theTagIsTheVersionInMeta() {
        okta.createGroup("Family", ada);
        Answer user = okta.get(path);

        assertThat(user.json().path("meta").path("version").asText())
                .isEqualTo(user.header("etag"));
    }
}
