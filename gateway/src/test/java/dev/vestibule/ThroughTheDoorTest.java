package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.account.Account;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.revocation.Cause;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The main job, on real input, through a real port.
class ThroughTheDoorTest {

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    @Test
    void aPersonComesInByTheirProviderAndUsesTheHouse() {
        SignedIn ben = house.signIn(browser, "ben");
        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(ben.accessToken())).isEqualTo("auth_ok");

            JsonNode user = socket.call(command("auth/current_user"));

            assertThat(user.path("name").asText()).isEqualTo("Ben");
            assertThat(user.path("is_admin").asBoolean()).isFalse();
        }
        assertThat(house.get(browser, "/api/config", ben.accessToken()).status()).isEqualTo(200);
        assertThat(house.homeAssistant().userNamed("Ben"))
                .hasValueSatisfying(
                        made -> assertThat(made.groups()).containsExactly("system-users"));
    }

    @Test
    void aSecondSignInAsksNobodyAndMakesNobody() {
        house.signIn(browser, "ben");
        house.provider().clearRequests();

        house.signIn(browser, "ben");

        assertThat(house.provider().requests()).isEmpty();
        assertThat(house.homeAssistant().users())
                .filteredOn(user -> user.name().equals("Ben"))
                .hasSize(1);
    }

    @Test
    void aPersonWithoutARoleIsRefusedAndHomeAssistantNeverHearsOfThem() {
        house.homeAssistant().record().clear();
        house.provider().signInAutomaticallyAs("sam");

        Answer answer = browser.walk(house.authorizeAddress(), "nowhere");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(house.homeAssistant().record().contains("Sam")).isFalse();
        assertThat(house.homeAssistant().userNamed("Sam")).isEmpty();
    }

    @Test
    void noByteOfAnAnonymousRequestReachesHomeAssistant() {
        house.homeAssistant().record().clear();
        String mark = "stranger-was-here";

        for (String path :
                new String[] {
                    "/?q=" + mark,
                    "/" + mark,
                    "/static/" + mark + ".js",
                    "/frontend_latest/" + mark + ".js",
                    "/manifest.json?" + mark,
                    "/api/states?" + mark,
                    "/api/webhook/" + mark,
                    "/api/camera_proxy/camera.door?token=" + mark,
                    "/api/hls/" + mark + "/master_playlist.m3u8",
                    "/local/" + mark,
                    "/auth/login_flow/" + mark,
                    "/auth/providers?" + mark,
                    "/api/onboarding?" + mark,
                    "/api/hassio_ingress/" + mark + "/",
                    "/api/states?authSig=" + mark,
                    "/" + mark + "/%2e%2e/api/states",
                }) {
            Answer answer =
                    browser.get(
                            house.at(path),
                            "X-Mark",
                            mark,
                            "Authorization",
                            "Bearer " + mark,
                            "User-Agent",
                            mark);
            assertThat(answer.status()).as(path).isIn(200, 400, 401, 403, 404);
        }
        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(mark)).isEqualTo("auth_invalid");
        }

        assertThat(house.homeAssistant().record().contains(mark)).isFalse();
    }

    @Test
    void aSuspendedPersonLosesOpenSocketsAtOnceAndComesInNoMore() {
        SignedIn ben = house.signIn(browser, "ben");
        try (VisitorSocket socket = house.openSocket(browser)) {
            socket.authenticate(ben.accessToken());
            Account account = house.gateway().accounts().list().getFirst();

            house.gateway()
                    .facts()
                    .lifecycle()
                    .suspend(
                            account.id(),
                            SuspendedBy.OPERATOR,
                            new Cause("console", EndReason.BY_OPERATOR, "console"));

            assertThat(socket.awaitClose()).isEqualTo(1008);
        }
        assertThat(house.get(browser, "/api/config", ben.accessToken()).status()).isEqualTo(401);
        assertThat(house.refresh(browser, ben.refreshToken(), house.clientId()).body())
                .contains("invalid_grant");
        assertThat(browser.walk(house.authorizeAddress(), "nowhere").status()).isEqualTo(403);
    }

    @Test
    void tokensOutliveARestartOfTheGateway() {
        SignedIn ben = house.signIn(browser, "ben");

        house.restartGateway();

        assertThat(house.get(browser, "/api/config", ben.accessToken()).status()).isEqualTo(200);
        assertThat(house.refresh(browser, ben.refreshToken(), house.clientId()).status())
                .isEqualTo(200);
        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(ben.accessToken())).isEqualTo("auth_ok");
        }
    }

    @Test
    void whileHomeAssistantIsAwayNobodyIsToldThatTheirTokenIsDead() {
        SignedIn ben = house.signIn(browser, "ben");
        house.homeAssistant().stop();

        Answer refreshed = house.refresh(browser, ben.refreshToken(), house.clientId());

        assertThat(refreshed.status()).isEqualTo(503);
        assertThat(refreshed.body()).doesNotContain("invalid_grant");
        assertThat(house.get(browser, "/api/config", ben.accessToken()).status()).isIn(502, 503);
        try (VisitorSocket socket = house.openSocket(browser)) {
            socket.show(ben.accessToken());
            assertThat(socket.awaitClose()).isEqualTo(1013);
        }
    }

    @Test
    void theListOfWebhooksIsForAdministratorsOnly() {
        SignedIn ben = house.signIn(browser, "ben");
        try (VisitorSocket socket = house.openSocket(browser)) {
            socket.authenticate(ben.accessToken());
            house.homeAssistant().record().clear();

            assertThat(socket.ask(command("webhook/list")).path("error").path("code").asText())
                    .isEqualTo("unauthorized");
        }
        assertThat(house.homeAssistant().record().socketMessages())
                .noneMatch(message -> message.contains("webhook/list"));
    }

    @Test
    void aMessageOfManyMegabytesPasses() {
        SignedIn ben = house.signIn(browser, "ben");
        house.homeAssistant().addBulk(3_000, 10_000);
        try (VisitorSocket socket = house.openSocket(browser)) {
            socket.authenticate(ben.accessToken());

            assertThat(socket.call(command("get_states"))).hasSizeGreaterThan(3_000);
        }
    }

    private static ObjectNode command(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
