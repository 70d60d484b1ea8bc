package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/// What an administrator does in Home Assistant's own pages, seen from the door.
class HomePagesTest {

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    /// Home Assistant itself leaves the socket open.
    @Test
    void whoeverIsSwitchedOffThereIsOutAtOnceAndReadsWhyWhenTheyComeBack() {
        SignedIn before = house.signIn(browser, "ben");
        VisitorSocket socket = house.openSocket(browser);
        socket.authenticate(before.accessToken());

        house.homeAssistant().setActive(ben().id(), false);

        assertThat(socket.awaitClose()).isEqualTo(1008);
        assertThat(house.get(browser, "/api/config", before.accessToken()).status()).isEqualTo(401);
        assertThat(house.refresh(browser, before.refreshToken(), house.clientId()).status())
                .isEqualTo(400);
        Answer refused = arrive();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("Home Assistant");
        assertThat(house.isAudited("SignInRefused")).isTrue();
        assertThat(homeAssistantOf("ben")).containsExactly("home: switched off there");

        house.homeAssistant().setActive(ben().id(), true);
        Eventually.holds(() -> homeAssistantOf("ben").isEmpty(), () -> homeAssistantOf("ben"));
        SignedIn after = house.signIn(browser, "ben");
        assertThat(house.get(browser, "/api/config", after.accessToken()).status()).isEqualTo(200);
        assertThat(house.get(browser, "/api/config", before.accessToken()).status()).isEqualTo(401);
    }

    /// Attack: they lose their role at the provider, get it back, and are let in by that.
    @Test
    void whoeverIsSwitchedOffThereStaysSoOverALostRoleUntilTheyAreSwitchedOnThere() {
        house.signIn(browser, "ben");
        house.homeAssistant().setActive(ben().id(), false);
        Eventually.await(() -> homeAssistantOf("ben").contains("home: switched off there"));
        house.provider().setGroups("ben", List.of());
        assertThat(arrive().status()).isEqualTo(403);
        assertThat(isAtHome()).isFalse();
        house.provider().setGroups("ben", List.of("family"));

        Answer refused = arrive();

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("switched off");
        assertThat(ben().isActive()).isFalse();
        assertThat(isAtHome()).isTrue();
        Eventually.await(() -> house.gateway().facts().outbox().list().isEmpty());

        house.homeAssistant().setActive(ben().id(), true);
        Eventually.await(() -> homeAssistantOf("ben").isEmpty());
        SignedIn after = house.signIn(browser, "ben");
        assertThat(house.get(browser, "/api/config", after.accessToken()).status()).isEqualTo(200);
    }

    private boolean isAtHome() {
        return house.gateway()
                .facts()
                .accounts()
                .roleOf(house.account("ben").id(), TestFacts.HOME)
                .isPresent();
    }

    @Test
    void whoeverIsDeletedThereIsOutAtOnceAndIsMadeAnew() {
        SignedIn before = house.signIn(browser, "ben");
        String user = ben().id();
        VisitorSocket socket = house.openSocket(browser);
        socket.authenticate(before.accessToken());

        house.homeAssistant().deleteUser(user);

        assertThat(socket.awaitClose()).isEqualTo(1008);
        assertThat(house.get(browser, "/api/config", before.accessToken()).status()).isEqualTo(401);
        assertThat(homeAssistantOf("ben")).containsExactly("home: deleted there");
        SignedIn after = house.signIn(browser, "ben");
        assertThat(house.get(browser, "/api/config", after.accessToken()).status()).isEqualTo(200);
        assertThat(ben().id()).isNotEqualTo(user);
        assertThat(homeAssistantOf("ben")).isEmpty();
    }

    @Test
    void whatHappensWhileTheGatewayIsNotConnectedIsSeenWhenItIs() {
        SignedIn before = house.signIn(browser, "ben");
        house.homeAssistant().stop();
        house.homeAssistant().setActive(ben().id(), false);

        house.homeAssistant().startAgain();

        Eventually.holds(
                () -> house.get(browser, "/api/config", before.accessToken()).status() == 401,
                () -> homeAssistantOf("ben"));
        Eventually.holds(() -> !homeAssistantOf("ben").isEmpty(), () -> "nothing");
    }

    @Test
    void otherPeopleNoticeNothing() {
        house.signIn(browser, "ben");
        try (VisitorBrowser adas = new VisitorBrowser();
                VisitorSocket socket = house.openSocket(adas)) {
            SignedIn ada = house.signIn(adas, "ada");
            socket.authenticate(ada.accessToken());

            house.homeAssistant().setActive(ben().id(), false);
            Eventually.holds(() -> !homeAssistantOf("ben").isEmpty(), () -> "nothing");

            assertThat(house.get(adas, "/api/config", ada.accessToken()).status()).isEqualTo(200);
            assertThat(socket.call(currentUser()).path("name").asText()).isEqualTo("Ada");
        }
    }

    private static ObjectNode currentUser() {
        return JsonNodeFactory.instance.objectNode().put("type", "auth/current_user");
    }

    private Answer arrive() {
        house.provider().signInAutomaticallyAs("ben");
        return browser.walk(house.authorizeAddress(), house.landing());
    }

    private HomeUser ben() {
        return house.homeAssistant().userNamed("Ben").orElseThrow();
    }

    /// What the operator reads in the list of accounts.
    private List<String> homeAssistantOf(String name) {
        return new OperatorCommands(house.gateway())
                .accounts().stream()
                        .filter(line -> line.username().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .homeAssistant();
    }
}
