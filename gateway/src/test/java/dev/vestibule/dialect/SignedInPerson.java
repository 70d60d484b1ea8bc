package dev.vestibule.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.Eventually;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.TestHouse;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The person of a pack, with an open websocket and a long-lived token while they are in. One
/// thread.
final class SignedInPerson implements AutoCloseable {

    private final TestHouse house;
    private final Subject subject;
    private final VisitorBrowser browser = new VisitorBrowser();
    private final List<Held> held = new ArrayList<>();
    private final List<Identity> removed = new ArrayList<>();
    private @Nullable VisitorSocket socket;
    private @Nullable Identity identity;

    private record Held(SignedIn signedIn, String longLived) {}

    /// Who they are here, and in Home Assistant.
    private record Identity(AccountId account, String user) {}

    SignedInPerson(TestHouse house, String subject) {
        this.house = house;
        this.subject = new Subject(new Issuer(house.provider().issuer().toString()), subject);
    }

    boolean isIn() {
        return socket != null;
    }

    /// Signs in through the provider, and opens everything anew.
    void comeIn() {
        assertThat(socket).as("who is in comes in again").isNull();
        expectOldTokensDead();
        SignedIn signedIn = signIn();
        VisitorSocket opened = house.openSocket(browser);
        socket = opened;
        assertThat(opened.authenticate(signedIn.accessToken())).isEqualTo("auth_ok");
        String longLived =
                opened.call(
                                command("auth/long_lived_access_token")
                                        .put("client_name", "a script " + held.size())
                                        .put("lifespan", 365))
                        .asText();
        assertThat(statusWith(longLived)).as("a long-lived token").isEqualTo(200);
        held.add(new Held(signedIn, longLived));
        Identity now =
                new Identity(
                        house.gateway().accounts().find(subject).orElseThrow().id(),
                        opened.call(command("auth/current_user")).path("id").asText());
        assertThat(removed)
                .allSatisfy(
                        former -> {
                            assertThat(now.account()).isNotEqualTo(former.account());
                            assertThat(now.user()).isNotEqualTo(former.user());
                        });
        identity = now;
    }

    /// Whoever signs in while Home Assistant is still being told what was before may have to do so
    /// once more: a token that it forgets meanwhile is not handed out.
    private SignedIn signIn() {
        List<SignedIn> tried = new ArrayList<>();
        Eventually.await(
                () -> {
                    tried.add(house.signIn(browser, subject.value()));
                    return !tried.getLast().accessToken().isEmpty();
                });
        return tried.getLast();
    }

    /// Their user is deleted: whoever comes in after this is somebody new.
    void isRemoved() {
        if (identity != null) {
            removed.add(identity);
        }
    }

    void expectIn() {
        assertThat(socket).as("nobody is in").isNotNull();
        if (socket != null) {
            socket.call(command("get_config"));
            assertThat(statusWith(held.getLast().longLived())).isEqualTo(200);
        }
    }

    void expectPutOut() {
        assertThat(socket).as("nobody was in").isNotNull();
        if (socket != null) {
            assertThat(socket.awaitClose()).as("close code").isEqualTo(1008);
            socket.close();
            socket = null;
        }
        expectOut();
    }

    void expectOut() {
        expectOldTokensDead();
        house.provider().signInAutomaticallyAs(subject.value());
        assertThat(browser.walk(house.authorizeAddress(), house.landing()).status())
                .as("a sign-in")
                .isEqualTo(403);
    }

    private void expectOldTokensDead() {
        for (Held old : held) {
            assertThat(statusWith(old.signedIn().accessToken())).isEqualTo(401);
            assertThat(statusWith(old.longLived())).isEqualTo(401);
            assertThat(
                            house.refresh(browser, old.signedIn().refreshToken(), house.clientId())
                                    .status())
                    .as("a refresh")
                    .isBetween(400, 499);
        }
    }

    private int statusWith(String token) {
        return house.get(browser, "/api/config", token).status();
    }

    private static ObjectNode command(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
        browser.close();
    }
}
