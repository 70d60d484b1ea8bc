package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.scim.ScimClient;
import dev.vestibule.scim.ScimClient.Answer;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

/// Identity systems at a real port, with people behind it.
class ScimThroughTheDoorTest {

    private static final String OFF = "{'op':'replace','value':{'active':false}}";

    private final ScimHouse scim = new ScimHouse();
    private final TestHouse house = scim.house();
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        scim.close();
    }

    private static String user(String name) {
        return "{\"userName\":\"%s\",\"externalId\":\"%s\"}".formatted(name, name);
    }

    @Test
    void aPersonWhoIsSwitchedOffLosesTheirOpenPageAndComesBackWhenSwitchedOn() {
        ScimClient okta = scim.client("okta");
        String ben = okta.post("/Users", user("ben")).expect(201).id();
        okta.post("/Groups", ScimClient.group("family", ben)).expect(201);
        SignedIn signedIn = house.signIn(browser, "ben");
        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(signedIn.accessToken())).isEqualTo("auth_ok");

            okta.patchOperations("/Users/" + ben, OFF).expect(200);

            assertThat(socket.awaitClose()).isEqualTo(1008);
        }
        assertThat(house.get(browser, "/api/config", signedIn.accessToken()).status())
                .isEqualTo(401);
        assertThat(browser.walk(house.authorizeAddress(), "nowhere").status()).isEqualTo(403);

        okta.patchOperations("/Users/" + ben, OFF.replace("false", "true")).expect(200);
        SignedIn again = house.signIn(browser, "ben");
        assertThat(house.get(browser, "/api/config", again.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void whoseGroupsAreStillToComeSignsInAnewWithTheRoleThatTheyHad() {
        house.signIn(browser, "ben");

        scim.client("okta").post("/Users", user("ben")).expect(201);

        try (VisitorBrowser other = new VisitorBrowser()) {
            SignedIn again = house.signIn(other, "ben");
            assertThat(house.get(other, "/api/config", again.accessToken()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoIsDeletedIsNotLetInAgainByTheProviderAlone() {
        ScimClient okta = scim.client("okta");
        SignedIn signedIn = house.signIn(browser, "ben");
        String ben = okta.post("/Users", user("ben")).expect(201).id();

        okta.delete("/Users/" + ben).expect(204);

        assertThat(house.get(browser, "/api/config", signedIn.accessToken()).status())
                .isEqualTo(401);
        assertThat(browser.walk(house.authorizeAddress(), "nowhere").status()).isEqualTo(403);
    }

    @Test
    void whoSignedInBeforeIsFoundByTheNameThatTheirProviderSaid() {
        ScimConfig byName =
                new ScimConfig(
                        ScimConfig.Match.USER_NAME,
                        "preferred_username",
                        ScimConfig.RolesFrom.SCIM,
                        ScimConfig.People.ANYBODY);
        try (ScimHouse named = new ScimHouse(new TestHouse(byName));
                VisitorBrowser hers = new VisitorBrowser()) {
            SignedIn signedIn = named.house().signIn(hers, "ben");
            ScimClient okta = named.client("okta");
            String ben = okta.post("/Users", "{\"userName\":\"BEN\"}").expect(201).id();
            try (VisitorSocket socket = named.house().openSocket(hers)) {
                assertThat(socket.authenticate(signedIn.accessToken())).isEqualTo("auth_ok");

                okta.patchOperations("/Users/" + ben, OFF).expect(200);

                assertThat(socket.awaitClose()).isEqualTo(1008);
            }
        }
    }

    @Test
    void headersAndFormsAreThoseOfScim() {
        ScimClient okta = scim.client("okta");

        Answer made = okta.post("/Users", user("ben")).expect(201);

        assertThat(made.header("content-type")).isEqualTo("application/scim+json");
        assertThat(made.header("cache-control")).isEqualTo("no-store");
        assertThat(made.header("location"))
                .isEqualTo(house.at("/scim/v2/Users/" + made.id()).toString());
        assertThat(made.json().path("meta").path("location").asText())
                .isEqualTo(made.header("location"));
        Answer head = okta.send("HEAD", "/Users/" + made.id(), new byte[0]).expect(200);
        assertThat(head.header("etag")).isEqualTo("W/\"1\"");
        assertThat(head.text()).isEmpty();
        Answer known = okta.get("/Users/" + made.id(), "If-None-Match", "W/\"1\"").expect(304);
        assertThat(known.text()).isEmpty();
        okta.delete("/Users/" + made.id(), "Content-Type", "application/scim+json").expect(204);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        ScimClient okta = scim.client("okta");
        String padding = " ".repeat(1_048_576 - user("ben").length());

        okta.post("/Users", user("ben") + padding).expect(201);
        okta.post("/Users", user("eve") + padding + " ").expectError(413, "");

        assertThat(okta.names("/Users", "userName pr")).containsExactly("ben");
    }

    @Test
    void noByteOfAStrangerOrOfAnIdentitySystemReachesHomeAssistant() {
        ScimClient okta = scim.client("okta");
        ScimClient stranger = scim.bearer("Bearer stranger-was-here");
        String mark = "stranger-was-here";
        house.homeAssistant().record().clear();

        for (ScimClient client : new ScimClient[] {okta, stranger}) {
            for (String path :
                    new String[] {
                        "?" + mark,
                        "/" + mark,
                        "/Users/" + mark,
                        "/Users?filter=userName+eq+" + mark,
                        "/Schemas/" + mark,
                        "/Bulk/" + mark,
                    }) {
                for (String method : new String[] {"GET", "PUT", "PATCH", "DELETE", "POST"}) {
                    assertThat(
                                    client.send(
                                                    method,
                                                    path,
                                                    ("{\"x\":\"" + mark + "\"}")
                                                            .getBytes(StandardCharsets.UTF_8),
                                                    "X-Mark",
                                                    mark)
                                            .status())
                            .as(method + " " + path)
                            .isIn(200, 400, 401, 404, 405, 501);
                }
            }
        }
        assertThat(browser.get(house.at("/scim/" + mark)).status()).isIn(401, 403, 404);
        assertThat(browser.get(house.at("/scim/v2x/" + mark)).status()).isIn(401, 403, 404);

        assertThat(house.homeAssistant().record().contains(mark)).isFalse();
    }

    @Test
    void aHomeAssistantTokenIsNoTokenHereAndTheOtherWayRound() {
        String token = scim.tokenOf("okta");
        SignedIn ada = house.signIn(browser, "ada");

        scim.bearer("Bearer " + ada.accessToken()).get("/Users").expectError(401, "");
        scim.bearer("Bearer " + house.homeAssistant().administratorToken())
                .get("/Users")
                .expectError(401, "");
        assertThat(house.get(browser, "/api/config", token).status()).isEqualTo(401);
    }

    @Test
    void whoeverWasNotSentIsInvisible() {
        house.signIn(browser, "ada");
        ScimClient okta = scim.client("okta");

        JsonNode users = okta.get("/Users").expect(200).json();

        assertThat(users.path("totalResults").asInt()).isZero();
        assertThat(okta.names("/Users", "userName eq \"ada\"")).isEmpty();
        okta.get("/Users/" + house.account("ada").id().value()).expectError(404, "");
    }

    @Test
    void whatWasSentIsThereAfterARestart() {
        ScimClient okta = scim.client("okta");
        String ben = okta.post("/Users", user("ben")).expect(201).id();
        String before = okta.get("/Users/" + ben).text();

        house.restartGateway();

        assertThat(okta.get("/Users/" + ben).expect(200).text()).isEqualTo(before);
    }
}
