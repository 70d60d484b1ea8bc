package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.scim.ScimClient.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class DeleteTest {

    private final ScimDesk desk = new ScimDesk();
    private final ScimClient okta = desk.client("okta");
    private final String ada = okta.createUser("ada");
    private final String ben = okta.createUser("ben");

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void whatIsDeletedIsGoneForEveryVerb() {
        Answer gone = okta.delete("/Users/" + ada).expect(204);

        assertThat(gone.text()).isEmpty();
        okta.get("/Users/" + ada).expectError(404, "");
        okta.put("/Users/" + ada, ScimClient.user("ada", "ext-ada")).expectError(404, "");
        okta.patchOperations("/Users/" + ada, "{'op':'replace','value':{'active':true}}")
                .expectError(404, "");
        okta.delete("/Users/" + ada).expectError(404, "");
        assertThat(okta.names("/Users", "userName pr")).containsExactly("ben");
    }

    @Test
    void whoeverIsMadeAnewIsSomebodyElse() {
        okta.createGroup("Family", ada);
        okta.delete("/Users/" + ada).expect(204);

        JsonNode again = okta.post("/Users", ScimClient.user("ada", "ext-ada")).expect(201).json();

        assertThat(again.path("id").asText()).isNotEqualTo(ada);
        assertThat(again.path("groups")).isEmpty();
    }

    @Test
    void aDeletedUserIsInNoGroupAndTheGroupIsNotCountedAsChangedByTheClient() {
        String family = okta.createGroup("Family", ada, ben);
        JsonNode before = okta.get("/Groups/" + family).json();
        desk.facts.clock.advance(Duration.ofMinutes(1));
        desk.heard.take();

        okta.delete("/Users/" + ada).expect(204);

        JsonNode after = okta.get("/Groups/" + family).json();
        assertThat(after.path("members")).hasSize(1);
        assertThat(after.path("members").get(0).path("value").asText()).isEqualTo(ben);
        assertThat(after.path("meta").path("lastModified"))
                .isEqualTo(before.path("meta").path("lastModified"));
        assertThat(after.path("meta").path("version"))
                .isNotEqualTo(before.path("meta").path("version"));
        assertThat(desk.heard.take()).containsExactly("deleted ada");
    }

    @Test
    void theGroupsOfADeletedUserCanBeChangedAfterwards() {
        String family = okta.createGroup("Family", ada, ben);
        okta.delete("/Users/" + ada).expect(204);

        okta.patchOperations(
                        "/Groups/" + family,
                        "{'op':'remove','path':'members','value':[{'value':'%s'}]}".formatted(ben))
                .expect(204);

        assertThat(okta.get("/Groups/" + family).json().path("members")).isEmpty();
    }

    @Test
    void aDeletedGroupIsHeardOfByAllWhoWereInIt() {
        String inner = okta.createGroup("Inner", ada);
        String outer = okta.createGroup("Outer", inner, ben);
        desk.heard.take();

        okta.delete("/Groups/" + inner).expect(204);
        assertThat(desk.heard.take()).containsExactly("members [ada[]]");
        assertThat(okta.get("/Groups/" + outer).json().path("members")).hasSize(1);

        okta.delete("/Groups/" + outer).expect(204);
        assertThat(desk.heard.take()).containsExactly("members [ben[]]");
    }

    @Test
    void aCircleOfGroupsCanBeDeleted() {
        String one = okta.createGroup("One", ada);
        String two = okta.createGroup("Two", one);
        okta.put("/Groups/" + one, ScimClient.group("One", ada, two)).expect(200);
        desk.heard.take();

        okta.delete("/Groups/" + one).expect(204);

        assertThat(desk.heard.take()).containsExactly("members [ada[]]");
        assertThat(okta.get("/Groups/" + two).json().path("members")).isEmpty();
        okta.delete("/Groups/" + two).expect(204);
    }
}
