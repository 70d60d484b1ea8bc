package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.directory.DirectoryLimits;
import dev.vestibule.scim.ScimClient.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CreateTest {

    private final ScimDesk desk = new ScimDesk(new DirectoryLimits(4, 3, 3_000));
    private final ScimClient okta = desk.client("okta");

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aUserComesBackAsItWasSentWithIdAndMeta() {
        Answer made =
                okta.post(
                                "/Users",
                                """
                                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
                                  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                                 "externalId":"5f0c","userName":"Ada@Home.Example","active":true,
                                 "name":{"givenName":"Ada","familyName":"L"},
                                 "emails":[
                                   {"value":"Ada@Home.Example","type":"work","primary":true}],
                                 "roles":[],"x-shoe-size":38.50,
                                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                                     {"employeeNumber":"007"}}
                                """)
                        .expect(201);

        JsonNode user = made.json();
        assertThat(made.id()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(user.path("userName").asText()).isEqualTo("Ada@Home.Example");
        assertThat(user.path("externalId").asText()).isEqualTo("5f0c");
        assertThat(user.path("emails")).hasSize(1);
        assertThat(user.path("roles").isArray()).isTrue();
        assertThat(made.text()).contains("\"x-shoe-size\":38.50");
        assertThat(
                        user.path("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
                                .path("employeeNumber")
                                .asText())
                .isEqualTo("007");
        assertThat(user.path("groups").isArray()).isTrue();
        assertThat(user.path("meta").path("resourceType").asText()).isEqualTo("User");
        assertThat(user.path("meta").path("created").asText())
                .isEqualTo("2026-01-01T12:00:00.000Z")
                .isEqualTo(user.path("meta").path("lastModified").asText());
        assertThat(user.path("meta").path("location").asText())
                .isEqualTo(ScimDesk.BASE + "/Users/" + made.id())
                .isEqualTo(made.header("location"));
        assertThat(user.path("meta").path("version").asText())
                .isEqualTo("W/\"1\"")
                .isEqualTo(made.header("etag"));
        assertThat(made.header("content-type")).isEqualTo("application/scim+json");
        assertThat(okta.get("/Users/" + made.id()).expect(200).json()).isEqualTo(user);
    }

    @Test
    void aPasswordIsNeitherKeptNorEchoed() {
        Answer made =
                okta.post("/Users", "{\"userName\":\"ada\",\"password\":\"hunter2\"}").expect(201);

        assertThat(made.text()).doesNotContain("hunter2").doesNotContain("password");
        assertThat(okta.get("/Users/" + made.id()).text()).doesNotContain("hunter2");
        assertThat(desk.audited()).noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void idMetaAndGroupsOfTheBodyCountForNothing() {
        Answer made =
                okta.post(
                                "/Users",
                                """
                                {"id":"mine","userName":"ada","groups":[{"value":"admins"}],
                                 "meta":{"version":"W/\\"9\\"","resourceType":"Group"}}
                                """)
                        .expect(201);

        assertThat(made.id()).isNotEqualTo("mine");
        assertThat(made.json().path("groups")).isEmpty();
        assertThat(made.json().path("meta").path("resourceType").asText()).isEqualTo("User");
    }

    @Test
    void whoWasSentWithoutAWordAboutItIsActiveAndListsAreThere() {
        JsonNode user = okta.post("/Users", "{\"userName\":\"ada\"}").expect(201).json();
        JsonNode group = okta.post("/Groups", "{\"displayName\":\"Family\"}").expect(201).json();

        assertThat(user.path("active").isBoolean()).isTrue();
        assertThat(user.path("active").asBoolean()).isTrue();
        assertThat(user.path("emails").isArray()).isTrue();
        assertThat(user.path("groups").isArray()).isTrue();
        assertThat(group.path("members").isArray()).isTrue();
    }

    @Test
    void aUserNameIsOnePersonsInAnyCase() {
        okta.createUser("ada");

        okta.post("/Users", ScimClient.user("ADA", "other")).expectError(409, "uniqueness");

        assertThat(okta.names("/Users", "userName pr")).containsExactly("ada");
    }

    @Test
    void anExternalIdIsOneResourcesOfAKind() {
        okta.post("/Users", ScimClient.user("ada", "x1")).expect(201);

        okta.post("/Users", ScimClient.user("ben", "x1")).expectError(409, "uniqueness");
        okta.post("/Groups", "{\"displayName\":\"Family\",\"externalId\":\"x1\"}").expect(201);
        okta.post("/Users", ScimClient.user("ben", "X1")).expect(201);
    }

    @Test
    void aGroupIsCalledLikeNoOther() {
        okta.createGroup("Family");

        okta.post("/Groups", ScimClient.group("family")).expectError(409, "uniqueness");
    }

    @Test
    void membersAreShownWithTheGroupAndTheGroupWithThem() {
        String ada = okta.createUser("ada");
        String family = okta.createGroup("Family", ada);

        JsonNode group = okta.get("/Groups/" + family).expect(200).json();
        JsonNode user = okta.get("/Users/" + ada).expect(200).json();

        assertThat(group.path("members")).hasSize(1);
        assertThat(group.path("members").get(0).path("value").asText()).isEqualTo(ada);
        assertThat(user.path("groups")).hasSize(1);
        JsonNode shown = user.path("groups").get(0);
        assertThat(shown.path("value").asText()).isEqualTo(family);
        assertThat(shown.path("display").asText()).isEqualTo("Family");
        assertThat(shown.path("type").asText()).isEqualTo("direct");
        assertThat(shown.path("$ref").asText()).isEqualTo(ScimDesk.BASE + "/Groups/" + family);
    }

    @Test
    void aMemberWhoIsNotThereIsRefusedAndNothingIsMade() {
        okta.post("/Groups", ScimClient.group("Family", "nobody")).expectError(400, "invalidValue");

        assertThat(okta.names("/Groups", "displayName pr")).isEmpty();
        assertThat(desk.heard.take()).isEmpty();
    }

    @Test
    void thereAreNoMoreThanMayBe() {
        String ada = okta.createUser("ada");
        String ben = okta.createUser("ben");
        String cleo = okta.createUser("cleo");
        String dan = okta.createUser("dan");

        okta.post("/Users", ScimClient.user("eve", "e")).expectError(403, "");
        okta.delete("/Users/" + dan).expect(204);
        okta.createGroup("Family", ada, ben, cleo);
        okta.delete("/Users/" + cleo).expect(204);
        assertThat(okta.createUser("eve")).isNotEmpty();
    }

    @Test
    void aGroupHasNoMoreMembersThanMayBe() {
        try (ScimDesk small = new ScimDesk(new DirectoryLimits(10, 1, 3_000))) {
            ScimClient client = small.client("okta");
            String ada = client.createUser("ada");
            String ben = client.createUser("ben");

            client.post("/Groups", ScimClient.group("Family", ada, ben)).expectError(413, "");
            String family = client.createGroup("Family", ada);
            client.patchOperations(
                            "/Groups/" + family,
                            "{'op':'add','path':'members','value':[{'value':'" + ben + "'}]}")
                    .expectError(413, "");
            assertThat(client.get("/Groups/" + family).json().path("members")).hasSize(1);
        }
    }

    @Test
    void aResourceIsNoLargerThanMayBe() {
        String long1 = "x".repeat(3_000);

        okta.post("/Users", "{\"userName\":\"ada\",\"nickName\":\"" + long1 + "\"}")
                .expectError(413, "");
        String ada = okta.createUser("ada");
        okta.patchOperations(
                        "/Users/" + ada, "{'op':'add','path':'nickName','value':'" + long1 + "'}")
                .expectError(413, "");
    }

    @Test
    void whatFollowsIsHeardOnce() {
        String ada = okta.createUser("ada");
        okta.post("/Users", "{\"userName\":\"ben\",\"active\":\"False\"}").expect(201);
        okta.createGroup("Family", ada);

        assertThat(desk.heard.take())
                .containsExactly("created ada", "created ben (off)", "members [ada[Family]]");
    }
}
