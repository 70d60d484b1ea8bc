package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.scim.ScimClient.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;

/// What belongs to another tenant is answered exactly as what never was.
class ForeignTenantTest {

    private static final String NEVER = "019b796d-d600-7fff-8fff-ffffffffffff";

    private final ScimDesk desk = new ScimDesk();
    private final ScimClient owner = desk.client("owner");
    private final ScimClient stranger = desk.client("stranger");
    private final String ada = owner.createUser("ada");
    private final String family = owner.createGroup("Family", ada);
    private final String guests = stranger.createGroup("Guests");
    private final String before = everythingOf(owner);
    private final String mine = everythingOf(stranger);

    @AfterEach
    void close() {
        desk.close();
    }

    private static String everythingOf(ScimClient client) {
        return client.get("").expect(200).text();
    }

    private Answer ask(String request, String id) {
        String[] parts = request.split(" ", 3);
        String body = parts.length > 2 ? parts[2].replace('\'', '"').formatted(id) : "";
        return switch (parts[0]) {
            case "GET" -> stranger.get(parts[1].formatted(id));
            case "DELETE" -> stranger.delete(parts[1].formatted(id));
            case "PUT" -> stranger.put(parts[1].formatted(id), body);
            case "PATCH" -> stranger.patch(parts[1].formatted(id), body);
            case "POST" -> stranger.post(parts[1].formatted(id), body);
            default -> throw new IllegalArgumentException(request);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /Users/%s",
                "GET /Users/%s?attributes=userName",
                "DELETE /Users/%s",
                "PUT /Users/%s {'userName':'eve'}",
                "PUT /Users/%s {'userName':'ada'}",
                "PATCH /Users/%s {'Operations':[{'op':'replace','path':'active','value':false}]}",
                "PATCH /Users/%s {'Operations':[{'op':'replace','path':'active','value':'?'}]}",
                "PATCH /Users/%s {'Operations':[{'op':'add','path':'members','value':'x'}]}",
                "POST /Groups {'displayName':'Mine','members':[{'value':'%s'}]}",
                "POST /Groups {'displayName':'Mine','members':[{'value':'%s','type':'Group'}]}",
                "GET /Users?filter=id+eq+%%22%s%%22",
                "GET /Groups?filter=members+eq+%%22%s%%22",
                "GET /Groups?filter=members[value+eq+%%22%s%%22]",
                "GET /Users?filter=groups.value+eq+%%22%s%%22",
                "POST /.search {'filter':'id eq \\'%s\\''}",
            })
    void anIdOfSomebodyElseIsNoId(String request) {
        for (String id : new String[] {ada, family, ada.toUpperCase(Locale.ROOT)}) {
            Answer foreign = ask(request, id);
            Answer never = ask(request, NEVER);

            assertThat(foreign.status()).as(foreign.text()).isEqualTo(never.status());
            assertThat(foreign.text()).isEqualTo(never.text());
            assertThat(foreign.headers()).isEqualTo(never.headers());
        }
        assertThat(everythingOf(owner)).isEqualTo(before);
        assertThat(everythingOf(stranger)).isEqualTo(mine);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'add','path':'members','value':[{'value':'%s'}]}",
                "{'op':'replace','path':'members','value':[{'value':'%s'}]}",
                "{'op':'remove','path':'members','value':[{'value':'%s'}]}",
                "{'op':'remove','path':'members[value eq \\'%s\\']'}",
                "{'op':'replace','value':{'members':[{'value':'%s','type':'Group'}]}}",
            })
    void nobodyElsesPeopleAreInAGroup(String operation) {
        for (String id : new String[] {ada, family}) {
            Answer foreign = stranger.patchOperations("/Groups/" + guests, operation.formatted(id));
            Answer never =
                    stranger.patchOperations("/Groups/" + guests, operation.formatted(NEVER));

            assertThat(foreign).isEqualTo(never);
        }
        assertThat(everythingOf(owner)).isEqualTo(before);
        assertThat(everythingOf(stranger)).isEqualTo(mine);
    }

    @Test
    void listsAndSearchesShowNothingOfAnybodyElse() {
        assertThat(stranger.get("/Users").json().path("totalResults").asInt()).isZero();
        assertThat(stranger.names("/Users", "userName eq \"ada\"")).isEmpty();
        assertThat(stranger.names("/Users", "externalId eq \"ext-ada\"")).isEmpty();
        assertThat(stranger.names("/Groups", "displayName eq \"Family\"")).isEmpty();
        assertThat(everythingOf(stranger)).doesNotContain(ada).doesNotContain("ada");
    }

    @Test
    void namesAndExternalIdsOfOthersAreFree() {
        String other = stranger.createUser("ada");
        String group = stranger.createGroup("Family", other);

        assertThat(other).isNotEqualTo(ada);
        assertThat(stranger.get("/Users/" + other).json().path("groups").get(0).path("value"))
                .hasToString("\"" + group + "\"");
        stranger.delete("/Groups/" + group).expect(204);
        stranger.delete("/Users/" + other).expect(204);
        assertThat(everythingOf(owner)).isEqualTo(before);
    }

    @Test
    void whatFollowsNamesTheOwnersPeopleAlone() {
        desk.heard.take();

        stranger.delete("/Users/" + ada).expect(404);
        stranger.patchOperations("/Users/" + ada, "{'op':'replace','value':{'active':false}}")
                .expect(404);
        stranger.delete("/Groups/" + family).expect(404);

        assertThat(desk.heard.take()).isEmpty();
        assertThat(desk.audited())
                .noneMatch(line -> line.contains("scim:stranger") && line.contains(ada));
    }
}
