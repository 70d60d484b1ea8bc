package dev.vestibule.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.revocation.AgreementRooms.Begun;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a suspension and a restoration make of a Home Assistant itself: whatever a person had is
/// shown to Home Assistant directly, around the gateway. Each subclass names a house.
///
/// It makes a user whose name begins with `contract-`, and deletes it again.
abstract class SuspensionContract {

    /// A house with an administrator.
    ///
    /// @param leaving what is done after the last question
    record Target(URI url, String administratorToken, Runnable leaving) {}

    private final Target target;
    private final AgreementRooms rooms;
    private final VisitorBrowser stranger = new VisitorBrowser();
    private final Account person;

    SuspensionContract(Target target) {
        this.target = target;
        this.rooms = new AgreementRooms(new TestFacts(), target.url(), target.administratorToken());
        this.person = rooms.admit("contract-" + UUID.randomUUID());
    }

    /// What somebody has who uses the house.
    private record Belongings(
            Secret accessToken, Secret refreshToken, String script, String link) {}

    private Belongings belongings;

    @BeforeEach
    void useTheHouse() {
        Begun in = rooms.enter(person);
        try (VisitorSocket socket = socketOf(in.accessToken().reveal())) {
            String script =
                    socket.call(
                                    command("auth/long_lived_access_token")
                                            .put("client_name", "script")
                                            .put("lifespan", 1))
                            .asText();
            String link =
                    socket.call(
                                    command("auth/sign_path")
                                            .put("path", "/api/config")
                                            .put("expires", 600))
                            .path("path")
                            .asText();
            belongings = new Belongings(in.accessToken(), in.innerToken(), script, link);
        }
        assertThat(answers()).containsOnly(200);
    }

    @AfterEach
    void tidyUp() {
        rooms.homeAssistant.users().delete(rooms.userId(person.id()));
        rooms.close();
        stranger.close();
        target.leaving().run();
    }

    @Test
    void whateverASuspendedPersonHadIsRefusedByHomeAssistantToo() {
        rooms.suspend(person);
        rooms.worker.deliverDue();

        assertThat(rooms.facts.outbox.list()).isEmpty();
        assertThat(answers()).allSatisfy(status -> assertThat(status).isBetween(400, 403));
    }

    @Test
    void whateverARestoredPersonHadBeforeStaysDeadAndTheyComeInAnew() {
        rooms.suspend(person);
        rooms.worker.deliverDue();
        rooms.restore(person);
        rooms.worker.deliverDue();

        assertThat(rooms.facts.outbox.list()).isEmpty();
        assertThat(answers()).allSatisfy(status -> assertThat(status).isBetween(400, 403));
        Begun after = rooms.enter(person);
        assertThat(statusWith(after.accessToken().reveal())).isEqualTo(200);
        assertThat(answers()).allSatisfy(status -> assertThat(status).isBetween(400, 403));
    }

    /// What Home Assistant says to each of the old things.
    private List<Integer> answers() {
        return List.of(
                statusWith(belongings.accessToken().reveal()),
                stranger.postForm(
                                at("/auth/token"),
                                Map.of(
                                        "grant_type",
                                        "refresh_token",
                                        "refresh_token",
                                        belongings.refreshToken().reveal(),
                                        "client_id",
                                        AgreementRooms.CLIENT_ID))
                        .status(),
                statusWith(belongings.script()),
                stranger.get(at(belongings.link())).status());
    }

    private int statusWith(String accessToken) {
        return stranger.get(at("/api/"), "Authorization", "Bearer " + accessToken).status();
    }

    private URI at(String pathAndQuery) {
        return target.url().resolve(pathAndQuery);
    }

    private VisitorSocket socketOf(String accessToken) {
        VisitorSocket socket =
                VisitorSocket.open(
                        stranger.http(),
                        URI.create(
                                target.url().toString().replaceFirst("^http", "ws")
                                        + "/api/websocket"));
        assertThat(socket.authenticate(accessToken)).isEqualTo("auth_ok");
        return socket;
    }

    private static ObjectNode command(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
