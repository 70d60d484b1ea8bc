package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;

/// Somebody who may less than before may less at once, on what they have open too.
class DemotionTest {

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser atHome = new VisitorBrowser();
    private final VisitorBrowser elsewhere = new VisitorBrowser();

    @AfterEach
    void close() {
        atHome.close();
        elsewhere.close();
        house.close();
    }

    @Test
    void anOpenSocketIsClosedAndComesBackWithTheRightsOfTheNewRole() {
        SignedIn ada = house.signIn(atHome, "ada");
        try (VisitorSocket socket = house.openSocket(atHome)) {
            assertThat(socket.authenticate(ada.accessToken())).isEqualTo("auth_ok");
            assertThat(listWebhooks(socket).path("success").asBoolean()).isTrue();

            demoteAda();
            house.signIn(elsewhere, "ada");

            assertThat(socket.awaitClose()).isEqualTo(1013);
        }
        await(() -> statusOf(ada) == 200);
        try (VisitorSocket socket = house.openSocket(atHome)) {
            assertThat(socket.authenticate(ada.accessToken())).isEqualTo("auth_ok");
            assertThat(listWebhooks(socket).path("error").path("code").asText())
                    .isEqualTo("unauthorized");
        }
        assertThat(groupOfAda()).isEqualTo("system-users");
    }

    @Test
    void noTokenPassesBeforeHomeAssistantKnows() {
        SignedIn ada = house.signIn(atHome, "ada");
        URI signed = signedPath(ada);
        // Home Assistant lets a phone do what its person may.
        String webhook = house.registerPhone(atHome, ada.accessToken());
        demoteAda();
        house.homeAssistant().faults().failCommand("config/auth/update", "unknown_error");
        elsewhere.walk(house.authorizeAddress(), house.landing());
        house.homeAssistant().record().clear();

        assertThat(statusOf(ada)).isEqualTo(503);
        assertThat(atHome.get(signed).status()).isEqualTo(503);
        assertThat(house.callWebhook(atHome, webhook)).isEqualTo(503);
        try (VisitorSocket socket = house.openSocket(atHome)) {
            socket.show(ada.accessToken());
            assertThat(socket.awaitClose()).isEqualTo(1013);
        }
        assertThat(house.homeAssistant().record().contains(ada.accessToken())).isFalse();
        assertThat(house.homeAssistant().record().contains("authSig")).isFalse();
        assertThat(house.homeAssistant().record().contains(webhook)).isFalse();

        house.restartGateway();
        assertThat(statusOf(ada)).as("after a restart").isEqualTo(503);

        house.homeAssistant().faults().clear();
        await(() -> statusOf(ada) == 200);
        assertThat(house.callWebhook(atHome, webhook)).isEqualTo(200);
        assertThat(groupOfAda()).isEqualTo("system-users");
        assertThat(house.refresh(atHome, ada.refreshToken(), house.clientId()).status())
                .isEqualTo(200);
    }

    @Test
    void aPromotionClosesNothing() {
        SignedIn ben = house.signIn(atHome, "ben");
        try (VisitorSocket socket = house.openSocket(atHome)) {
            assertThat(socket.authenticate(ben.accessToken())).isEqualTo("auth_ok");

            house.provider().setGroups("ben", List.of("admins"));
            house.signIn(elsewhere, "ben");

            assertThat(socket.call(JsonNodeFactory.instance.objectNode().put("type", "get_config")))
                    .isNotNull();
        }
        assertThat(house.get(atHome, "/api/config", ben.accessToken()).status()).isEqualTo(200);
    }

    private void demoteAda() {
        house.provider().setGroups("ada", List.of("family"));
        house.provider().signInAutomaticallyAs("ada");
    }

    private static JsonNode listWebhooks(VisitorSocket socket) {
        return socket.ask(JsonNodeFactory.instance.objectNode().put("type", "webhook/list"));
    }

    private URI signedPath(SignedIn ada) {
        try (VisitorSocket socket = house.openSocket(atHome)) {
            socket.authenticate(ada.accessToken());
            JsonNode answer =
                    socket.ask(
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("type", "auth/sign_path")
                                    .put("path", "/api/config"));
            return house.at(answer.path("result").path("path").asText());
        }
    }

    private int statusOf(SignedIn person) {
        return house.get(atHome, "/api/config", person.accessToken()).status();
    }

    private String groupOfAda() {
        return house.homeAssistant().userNamed("Ada").orElseThrow().groups().getFirst();
    }
}
