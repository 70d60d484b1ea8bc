package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.resource.ScimError;
import dev.vestibule.scim.ScimClient.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// PUT and PATCH of users and groups.
class ChangeTest {

    private final ScimDesk desk = new ScimDesk();
    private final ScimClient okta = desk.client("okta");
    private final String ada = okta.createUser("ada");
    private final String ben = okta.createUser("ben");

    @AfterEach
    void close() {
        desk.close();
    }

    private static final String OFF = "{'op':'replace','value':{'active':false}}";

    @Test
    void aReplacementClearsWhatItDoesNotMention() {
        okta.put("/Users/" + ada, "{\"userName\":\"ada\",\"nickName\":\"A\"}").expect(200);

        JsonNode user = okta.get("/Users/" + ada).json();
        assertThat(user.has("displayName")).isFalse();
        assertThat(user.path("emails")).isEmpty();
        assertThat(user.path("nickName").asText()).isEqualTo("A");
    }

    @Test
    void aReplacementThatSaysNothingOfActiveAndExternalIdLeavesThem() {
        okta.patchOperations("/Users/" + ada, OFF).expect(200);

        JsonNode user = okta.put("/Users/" + ada, "{\"userName\":\"ada\"}").expect(200).json();

        assertThat(user.path("active").asBoolean(true)).isFalse();
        assertThat(user.path("externalId").asText()).isEqualTo("ext-ada");
    }

    @Test
    void aChangeRaisesVersionAndDate() {
        desk.facts.clock.advance(Duration.ofMinutes(5));

        Answer changed = okta.patchOperations("/Users/" + ada, OFF).expect(200);

        JsonNode meta = changed.json().path("meta");
        assertThat(meta.path("version").asText())
                .isEqualTo("W/\"2\"")
                .isEqualTo(changed.header("etag"));
        assertThat(meta.path("created").asText()).isEqualTo("2026-01-01T12:00:00.000Z");
        assertThat(meta.path("lastModified").asText()).isEqualTo("2026-01-01T12:05:00.000Z");
    }

    @Test
    void twoChangesInOneMomentHaveTwoDates() {
        String first =
                okta.patchOperations("/Users/" + ada, OFF)
                        .json()
                        .path("meta")
                        .path("lastModified")
                        .asText();
        String second =
                okta.patchOperations("/Users/" + ada, OFF.replace("false", "true"))
                        .json()
                        .path("meta")
                        .path("lastModified")
                        .asText();

        assertThat(second).isGreaterThan(first);
    }

    @Test
    void whatChangesNothingKeepsVersionAndDateAndIsAnsweredInFull() {
        JsonNode before = okta.get("/Users/" + ada).json();
        desk.facts.clock.advance(Duration.ofMinutes(5));

        Answer put = okta.put("/Users/" + ada, ScimClient.user("ada", "ext-ada")).expect(200);
        Answer patched =
                okta.patchOperations("/Users/" + ada, OFF.replace("false", "'True'")).expect(200);

        assertThat(put.json()).isEqualTo(before);
        assertThat(patched.json()).isEqualTo(before);
        assertThat(desk.audited()).noneMatch(line -> line.startsWith("ScimResourceChanged"));
    }

    @Test
    void whatIsAskedForAgainIsFollowedAgain() {
        okta.patchOperations("/Users/" + ada, OFF).expect(200);
        desk.heard.take();

        okta.patchOperations("/Users/" + ada, OFF).expect(200);

        assertThat(desk.heard.take()).containsExactly("changed ada (off) to ada (off)");
    }

    @Test
    void aPersonMayBeCalledOtherwiseButNotLikeSomebodyElse() {
        okta.put("/Users/" + ada, ScimClient.user("ADA", "ext-ada")).expect(200);
        okta.put("/Users/" + ada, ScimClient.user("Ben", "ext-ada")).expectError(409, "uniqueness");
        okta.patchOperations(
                        "/Users/" + ada, "{'op':'replace','path':'externalId','value':'ext-ben'}")
                .expectError(409, "uniqueness");

        assertThat(okta.names("/Users", "userName pr")).containsExactly("ADA", "ben");
    }

    @Test
    void anExternalIdMayComeLater() {
        String cleo = okta.post("/Users", "{\"userName\":\"cleo\"}").expect(201).id();

        okta.patchOperations("/Users/" + cleo, "{'op':'Add','path':'externalId','value':'late'}")
                .expect(200);

        assertThat(okta.names("/Users", "externalId eq \"late\"")).containsExactly("cleo");
    }

    @Test
    void aPatchIsDoneWhollyOrNotAtAll() {
        JsonNode before = okta.get("/Users/" + ada).json();
        desk.heard.take();

        okta.patchOperations(
                        "/Users/" + ada,
                        "{'op':'replace','path':'displayName','value':'Other'},"
                                + "{'op':'replace','path':'active','value':'perhaps'}")
                .expectError(400, "invalidValue");

        assertThat(okta.get("/Users/" + ada).json()).isEqualTo(before);
        assertThat(desk.heard.take()).isEmpty();
    }

    @Test
    void whatMayNotBeForPeopleIsNotForRowsEither() {
        JsonNode before = okta.get("/Users/" + ada).json();
        desk.heard.refuseWith(ScimError.held(Duration.ofMinutes(10), "Too many at once."));

        Answer held = okta.patchOperations("/Users/" + ada, OFF).expectError(503, "");
        okta.delete("/Users/" + ada).expectError(503, "");
        okta.post("/Users", ScimClient.user("cleo", "c")).expectError(503, "");

        assertThat(held.header("retry-after")).isEqualTo("600");
        assertThat(okta.get("/Users/" + ada).json()).isEqualTo(before);
        assertThat(okta.names("/Users", "userName pr")).containsExactly("ada", "ben");
        assertThat(desk.audited()).noneMatch(line -> line.startsWith("ScimResourceChanged"));
    }

    @Test
    void theResourceOfAnotherKindIsNotThere() {
        String family = okta.createGroup("Family");

        okta.put("/Groups/" + ada, ScimClient.group("Ada")).expectError(404, "");
        okta.patchOperations("/Groups/" + ada, OFF).expectError(404, "");
        okta.delete("/Users/" + family).expectError(404, "");
        okta.get("/Users/" + family).expectError(404, "");
    }

    @Test
    void aPatchOfAGroupIsAnsweredWithoutABodyUnlessOneIsAskedFor() {
        String family = okta.createGroup("Family");
        String add = "{'op':'Add','path':'members','value':[{'value':'" + ada + "'}]}";

        Answer plain = okta.patchOperations("/Groups/" + family, add).expect(204);
        Answer asked =
                okta.patchOperations("/Groups/" + family + "?attributes=displayName", add)
                        .expect(200);

        assertThat(plain.text()).isEmpty();
        assertThat(plain.headers().single("content-type")).contains("application/scim+json");
        assertThat(asked.json().path("displayName").asText()).isEqualTo("Family");
        assertThat(asked.json().has("members")).isFalse();
    }

    @Test
    void membersComeAndGoInEveryShape() {
        String family = okta.createGroup("Family", ada);
        desk.heard.take();

        String path = "/Groups/" + family;
        okta.patchOperations(
                        path,
                        "{'op':'Add','path':'members','value':[{'$ref':null,'value':'%s'}]}"
                                .formatted(ben))
                .expect(204);
        assertThat(desk.heard.take()).containsExactly("members [ben[Family]]");
        okta.patchOperations(
                        path,
                        "{'op':'Add','path':'members','value':[{'value':'%s'}]}".formatted(ben))
                .expect(204);
        assertThat(desk.heard.take()).isEmpty();
        okta.patchOperations(
                        path,
                        "{'op':'Remove','path':'members','value':[{'value':'%s'}]}".formatted(ada))
                .expect(204);
        assertThat(desk.heard.take()).containsExactly("members [ada[]]");
        okta.patchOperations(
                        path, "{'op':'remove','path':'members[value eq \\'%s\\']'}".formatted(ben))
                .expect(204);
        assertThat(desk.heard.take()).containsExactly("members [ben[]]");
        okta.put(path, ScimClient.group("Family", ada, ben)).expect(200);
        assertThat(desk.heard.take()).containsExactly("members [ada[Family], ben[Family]]");
        okta.patchOperations(path, "{'op':'remove','path':'members'}").expect(204);
        assertThat(desk.heard.take()).containsExactly("members [ada[], ben[]]");
        assertThat(okta.get(path).json().path("members")).isEmpty();
        assertThat(okta.get("/Users/" + ada).json().path("groups")).isEmpty();
    }

    @Test
    void aRenamedGroupIsHeardOfByAllInIt() {
        String family = okta.createGroup("Family", ada);
        String house = okta.post("/Groups", ScimClient.group("House", family)).expect(201).id();
        desk.heard.take();

        okta.patchOperations("/Groups/" + house, "{'op':'replace','value':{'displayName':'Home'}}")
                .expect(204);

        assertThat(desk.heard.take()).containsExactly("members [ada[Family, Home]]");
    }

    @Test
    void groupsInGroupsCountAndCirclesEnd() {
        String inner = okta.createGroup("Inner", ada);
        String outer = okta.createGroup("Outer", inner);
        desk.heard.take();

        okta.patchOperations(
                        "/Groups/" + inner,
                        "{'op':'add','path':'members','value':[{'value':'%s','type':'Group'}]}"
                                .formatted(outer))
                .expect(204);
        JsonNode groups = okta.get("/Users/" + ada).json().path("groups");

        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).path("display").asText()).isEqualTo("Inner");
        assertThat(groups.get(0).path("type").asText()).isEqualTo("direct");
        assertThat(groups.get(1).path("display").asText()).isEqualTo("Outer");
        assertThat(groups.get(1).path("type").asText()).isEqualTo("indirect");
        assertThat(desk.heard.take()).containsExactly("members [ada[Inner, Outer]]");

        okta.patchOperations("/Groups/" + outer, "{'op':'remove','path':'members'}").expect(204);
        assertThat(desk.heard.take()).containsExactly("members [ada[Inner]]");
    }

    @Test
    void aMemberWhoIsNotThereIsRefusedAndNobodyElseIsAdded() {
        String family = okta.createGroup("Family");

        okta.patchOperations(
                        "/Groups/" + family,
                        "{'op':'add','path':'members','value':[{'value':'%s'},{'value':'gone'}]}"
                                .formatted(ada))
                .expectError(400, "invalidValue");

        assertThat(okta.get("/Groups/" + family).json().path("members")).isEmpty();
        assertThat(okta.get("/Users/" + ada).json().path("groups")).isEmpty();
    }
}
