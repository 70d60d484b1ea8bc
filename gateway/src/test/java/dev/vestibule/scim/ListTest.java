package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class ListTest {

    private final ScimDesk desk = new ScimDesk();
    private final ScimClient authentik = desk.client("authentik");

    @AfterEach
    void close() {
        desk.close();
    }

    private List<String> createUsers(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "person%03d".formatted(i);
            desk.facts.clock.advance(Duration.ofMillis(25));
            authentik.createUser(name);
            names.add(name);
        }
        return names;
    }

    private JsonNode list(String path) {
        JsonNode list = authentik.get(path).expect(200).json();
        assertThat(list.path("schemas").get(0).asText())
                .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        assertThat(list.path("totalResults").isInt()).isTrue();
        assertThat(list.path("startIndex").isInt()).isTrue();
        assertThat(list.path("itemsPerPage").isInt()).isTrue();
        assertThat(list.path("Resources").isArray()).isTrue();
        assertThat(list.path("itemsPerPage").asInt()).isEqualTo(list.path("Resources").size());
        return list;
    }

    @Test
    void anEmptyHouseIsAnEmptyList() {
        JsonNode list = list("/Users?startIndex=1&count=2");

        assertThat(list.path("totalResults").asInt()).isZero();
        assertThat(list.path("startIndex").asInt()).isEqualTo(1);
    }

    @Test
    void whoeverProbesWithANameThatNobodyHasHearsOfNobody() {
        createUsers(1);

        JsonNode list = list("/Users?filter=userName+eq+%228a9e1d1c-0000%22");

        assertThat(list.path("totalResults").asInt()).isZero();
        assertThat(list.path("Resources")).isEmpty();
    }

    @Test
    void pagesFollowEachOtherInTheOrderInWhichPeopleCame() {
        List<String> names = createUsers(7);

        assertThat(ScimClient.names(list("/Users?startIndex=1&count=3")))
                .isEqualTo(names.subList(0, 3));
        assertThat(ScimClient.names(list("/Users?startIndex=4&count=3")))
                .isEqualTo(names.subList(3, 6));
        assertThat(ScimClient.names(list("/Users?startIndex=7&count=3")))
                .isEqualTo(names.subList(6, 7));
        assertThat(list("/Users?startIndex=4&count=3").path("totalResults").asInt()).isEqualTo(7);
        assertThat(list("/Users?startIndex=8&count=3").path("Resources")).isEmpty();
    }

    @Test
    void pagesOfASearchFollowEachOtherToo() {
        List<String> names = createUsers(7);

        JsonNode page = list("/Users?filter=userName+sw+%22person%22&startIndex=4&count=3");

        assertThat(page.path("totalResults").asInt()).isEqualTo(7);
        assertThat(page.path("startIndex").asInt()).isEqualTo(4);
        assertThat(ScimClient.names(page)).isEqualTo(names.subList(3, 6));
    }

    /// As authentik walks: with no `count`, until it has seen as many as there are.
    @Test
    void whoeverWalksWithoutSayingHowManyComesToAnEnd() {
        List<String> names = createUsers(230);

        List<String> seen = new ArrayList<>();
        int total = 1;
        for (int walks = 0; seen.size() < total && walks < 10; walks++) {
            JsonNode page = list("/Users?startIndex=" + (seen.size() + 1));
            total = page.path("totalResults").asInt();
            seen.addAll(ScimClient.names(page));
        }

        assertThat(seen).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource({
        "startIndex=0,      1, 3",
        "startIndex=-7,     1, 3",
        "startIndex=3,      3, 1",
        "count=-1,          1, 0",
        "count=0,           1, 0",
        "count=2,           1, 2",
        "count=100000,      1, 3",
        "count=99999999999, 1, 3",
        "sortBy=userName,   1, 3",
        "aadOptscim062020,  1, 3",
    })
    void numbersAreReadAsTheRfcReadsThem(String query, int startIndex, int items) {
        createUsers(3);

        JsonNode list = list("/Users?" + query);

        assertThat(list.path("totalResults").asInt()).isEqualTo(3);
        assertThat(list.path("startIndex").asInt()).isEqualTo(startIndex);
        assertThat(list.path("itemsPerPage").asInt()).isEqualTo(items);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count=many",
                "startIndex=1.5",
                "count=",
                "startIndex=9999999999999999999999"
            })
    void whatIsNoNumberIsRefused(String query) {
        authentik.get("/Users?" + query).expectError(400, "invalidValue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"userName+eq", "userName+is+%22x%22", "(userName+eq+%22x%22", "%22"})
    void whatIsNoFilterIsRefused(String filter) {
        authentik.get("/Users?filter=" + filter).expectError(400, "invalidFilter");
    }

    @Test
    void noPageIsLongerThanAdvertised() {
        createUsers(501);

        JsonNode list = list("/Users?count=1000");

        assertThat(list.path("totalResults").asInt()).isEqualTo(501);
        assertThat(list.path("itemsPerPage").asInt()).isEqualTo(500);
    }

    @Test
    void aPageOfLargeResourcesEndsEarlyAndTheNextGoesOn() {
        String nickName = "x".repeat(60_000);
        for (int i = 0; i < 50; i++) {
            authentik
                    .post(
                            "/Users",
                            "{\"userName\":\"u%d\",\"nickName\":\"%s\"}".formatted(i, nickName))
                    .expect(201);
        }

        JsonNode first = list("/Users");
        int shown = first.path("itemsPerPage").asInt();
        JsonNode second = list("/Users?startIndex=" + (shown + 1));

        assertThat(first.path("totalResults").asInt()).isEqualTo(50);
        assertThat(shown).isBetween(15, 20);
        assertThat(ScimClient.names(second)).hasSize(shown).startsWith("u" + shown);
        assertThat(list("/Users?filter=userName+pr").path("itemsPerPage").asInt()).isEqualTo(shown);
    }

    @Test
    void listsShowExternalIdsAndGroups() {
        String ada = authentik.createUser("ada");
        authentik.createGroup("Family", ada);

        JsonNode user = list("/Users").path("Resources").get(0);
        JsonNode found = list("/Users?filter=userName+eq+ada").path("Resources").get(0);

        assertThat(user.path("externalId").asText()).isEqualTo("ext-ada");
        assertThat(user.path("groups").get(0).path("display").asText()).isEqualTo("Family");
        assertThat(found).isEqualTo(user).isEqualTo(authentik.get("/Users/" + ada).json());
    }

    @Test
    void attributesCanBeChosenAndLeftOut() {
        String ada = authentik.createUser("ada");
        String family = authentik.createGroup("Family", ada);

        JsonNode chosen = list("/Users?attributes=userName").path("Resources").get(0);
        JsonNode group = list("/Groups?excludedAttributes=members").path("Resources").get(0);
        JsonNode one = authentik.get("/Groups/" + family + "?excludedAttributes=members").json();

        assertThat(chosen.path("userName").asText()).isEqualTo("ada");
        assertThat(chosen.path("id").asText()).isEqualTo(ada);
        assertThat(chosen.has("emails")).isFalse();
        assertThat(group.has("members")).isFalse();
        assertThat(group.path("displayName").asText()).isEqualTo("Family");
        assertThat(one.has("members")).isFalse();
    }

    @Test
    void aSearchInABodyFindsWhatAQueryFinds() {
        createUsers(5);
        String body =
                """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
                 "filter":"userName gt \\"person001\\"","startIndex":2,"count":2,
                 "attributes":["userName"]}
                """;

        JsonNode byBody = authentik.post("/Users/.search", body).expect(200).json();
        JsonNode byQuery =
                list(
                        "/Users?filter=userName+gt+%22person001%22&startIndex=2&count=2"
                                + "&attributes=userName");

        assertThat(byBody).isEqualTo(byQuery);
        assertThat(ScimClient.names(byBody)).containsExactly("person003", "person004");
    }

    @Test
    void aSearchFromTheRootFindsUsersAndThenGroups() {
        createUsers(2);
        authentik.createGroup("Family");
        authentik.createGroup("Guests");

        JsonNode all = authentik.post("/.search", "{}").expect(200).json();
        JsonNode page =
                authentik.post("/.search", "{\"startIndex\":2,\"count\":2}").expect(200).json();
        JsonNode found =
                authentik
                        .post("/.search", "{\"filter\":\"displayName co \\\"st\\\"\"}")
                        .expect(200)
                        .json();

        assertThat(ScimClient.names(all))
                .containsExactly("person000", "person001", "Family", "Guests");
        assertThat(page.path("totalResults").asInt()).isEqualTo(4);
        assertThat(ScimClient.names(page)).containsExactly("person001", "Family");
        assertThat(ScimClient.names(found)).containsExactly("Guests");
        assertThat(authentik.get("/?aadOptscim062020").expect(200).json()).isEqualTo(all);
        assertThat(authentik.get("").expect(200).json()).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    userName eq "ada"                                                 | ada
                    userName eq ada                                                   | ada
                    userName eq "ADA"                                                 | ada
                    externalId eq "ext-ada"                                           | ada
                    externalId eq "EXT-ADA"                                           | -
                    emails[type eq "work"].value eq "ada@home.example"                | ada
                    emails.value eq "ada@home.example"                                | ada
                    emails eq "ada@home.example"                                      | ada
                    displayName eq "ada"                                              | ada
                    userName eq "ada" and active eq true                              | ada
                    userName eq "ada" and active eq false                             | -
                    userName eq "ada" or externalId eq "ext-ben"                      | ada,ben
                    not (userName eq "ada")                                           | ben
                    urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada"      | ada
                    meta.lastModified gt "2025-01-01T00:00:00Z"                       | ada,ben
                    meta.lastModified lt "2025-01-01T00:00:00Z"                       | -
                    groups.display eq "Family"                                        | ada
                    groups[display eq "Family"]                                       | ada
                    """)
    void theFiltersOfIdentitySystemsAreUnderstood(String filter, String expected) {
        String ada = authentik.createUser("ada");
        authentik.createUser("ben");
        authentik.createGroup("Family", ada);

        assertThat(String.join(",", authentik.names("/Users", filter)))
                .isEqualTo(expected.equals("-") ? "" : expected);
    }

    @Test
    void entraAsksWhetherSomebodyIsAMember() {
        String ada = authentik.createUser("ada");
        String ben = authentik.createUser("ben");
        String family = authentik.createGroup("Family", ada);

        assertThat(
                        authentik.names(
                                "/Groups",
                                "id eq \"%s\" and members eq \"%s\"".formatted(family, ada)))
                .containsExactly("Family");
        assertThat(
                        authentik.names(
                                "/Groups",
                                "id eq \"%s\" and members eq \"%s\"".formatted(family, ben)))
                .isEmpty();
        assertThat(authentik.names("/Groups", "members[value eq \"%s\"]".formatted(ada)))
                .containsExactly("Family");
    }
}
