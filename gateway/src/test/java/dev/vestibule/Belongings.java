package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.account.Account;
import dev.vestibule.audit.Actor;
import dev.vestibule.provisioning.AttachResult;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.Tokens;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorFailed;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/// One person with everything that a person can have at a home: Ada, an administrator, in a browser
/// and on a phone that is older than the gateway.
final class Belongings implements AutoCloseable {

    static final String NAME = "ada";

    private static final String ANDROID = "https://home-assistant.io/android";

    /// What somebody has who lives in the house.
    enum Thing {
        /// The open dashboard.
        BROWSER_SOCKET,
        /// An address that the dashboard had signed.
        SIGNED_PATH,
        /// A camera that is watched, as the browser.
        CAMERA_STREAM,
        /// Events that are read as they come, as the browser.
        EVENT_STREAM,
        /// The phone's refresh token, and the access tokens made of it.
        APP_GRANT,
        /// A token for a script, made in the profile page.
        LONG_LIVED_TOKEN,
        /// By which the phone tells where it is.
        WEBHOOK
    }

    private final TestHouse house;
    private final VisitorBrowser browser = new VisitorBrowser();
    private final VisitorBrowser phone = new VisitorBrowser();
    private final HomeUser user;
    private final SignedIn signedIn;
    private final Tokens phoneTokens;
    private final VisitorSocket socket;
    private final CompletableFuture<Void> camera;
    private final CompletableFuture<Void> events;
    private final URI signedPath;
    private final String longLivedToken;
    private final String webhook;

    Belongings(TestHouse house) {
        this.house = house;
        this.user =
                house.homeAssistant().addUser("Ada", "ada at home", "a password", "system-admin");
        house.signIn(browser, NAME);
        attach();
        this.signedIn = house.signIn(browser, NAME);
        this.phoneTokens =
                house.homeAssistant().signInDirectly("ada at home", "a password", ANDROID);
        this.socket = house.openSocket(browser);
        assertThat(socket.authenticate(signedIn.accessToken())).isEqualTo("auth_ok");
        this.signedPath =
                house.at(
                        socket.call(command("auth/sign_path").put("path", "/api/config"))
                                .path("path")
                                .asText());
        this.longLivedToken =
                socket.call(
                                command("auth/long_lived_access_token")
                                        .put("client_name", "a script")
                                        .put("lifespan", 365))
                        .asText();
        this.camera = open("/api/camera_proxy_stream/camera.front_door");
        this.events = open("/api/stream");
        this.webhook = house.registerPhone(phone, refreshPhone().path("access_token").asText());
        for (Thing thing : Thing.values()) {
            assertThat(isAlive(thing)).as(thing + " at the beginning").isTrue();
        }
    }

    private void attach() {
        AttachResult attached =
                house.gateway()
                        .homes()
                        .getFirst()
                        .signIn()
                        .attach(
                                account().id(),
                                user.id(),
                                Actor.CONSOLE,
                                house.gateway().facts().userLink());
        assertThat(attached).isInstanceOf(AttachResult.Attached.class);
    }

    private static ObjectNode command(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    /// Reads an answer that does not end by itself.
    ///
    /// @return completes when it has ended
    private CompletableFuture<Void> open(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(house.at(path))
                        .header("Authorization", "Bearer " + signedIn.accessToken())
                        .build();
        HttpResponse<InputStream> answer =
                browser.http().sendAsync(request, BodyHandlers.ofInputStream()).join();
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (InputStream body = answer.body()) {
                                while (body.read() >= 0) {
                                    // On it goes.
                                }
                            } catch (IOException cut) {
                                // As good as an end.
                            }
                            ended.complete(null);
                        });
        return ended;
    }

    private JsonNode refreshPhone() {
        Answer answer = house.refresh(phone, phoneTokens.refreshToken(), ANDROID);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return GatewayHouse.json(answer);
    }

    Account account() {
        return house.account(NAME);
    }

    /// Ada's user in Home Assistant.
    HomeUser user() {
        return house.homeAssistant().users().stream()
                .filter(found -> found.id().equals(user.id()))
                .findFirst()
                .orElseThrow();
    }

    SignedIn signedIn() {
        return signedIn;
    }

    VisitorBrowser browser() {
        return browser;
    }

    /// The phone's refresh token, which is Home Assistant's own.
    String phoneRefreshToken() {
        return phoneTokens.refreshToken();
    }

    String longLivedToken() {
        return longLivedToken;
    }

    /// Whether it can be used, or is open, now. What cannot be judged for a moment is alive.
    boolean isAlive(Thing thing) {
        return switch (thing) {
            case BROWSER_SOCKET -> !socket.closed().isDone();
            case SIGNED_PATH -> isAlive(browser.get(signedPath).status());
            case CAMERA_STREAM -> !camera.isDone();
            case EVENT_STREAM -> !events.isDone();
            case APP_GRANT -> isPhoneAlive();
            case LONG_LIVED_TOKEN -> isAlive(api(longLivedToken));
            case WEBHOOK -> isWebhookAlive();
        };
    }

    /// A call under way is cut when its person is shut out, and then the webhook is closed.
    private boolean isWebhookAlive() {
        try {
            return isAlive(house.callWebhook(phone, webhook));
        } catch (VisitorFailed cut) {
            return false;
        }
    }

    private boolean isPhoneAlive() {
        Answer refreshed = house.refresh(phone, phoneTokens.refreshToken(), ANDROID);
        return refreshed.status() == 200
                ? isAlive(api(GatewayHouse.json(refreshed).path("access_token").asText()))
                : isAlive(refreshed.status());
    }

    private static boolean isAlive(int status) {
        return status == 200 || status == 503;
    }

    private int api(String accessToken) {
        return house.get(phone, "/api/config", accessToken).status();
    }

    @Override
    public void close() {
        socket.close();
        // What lives on would be waited for.
        browser.http().shutdownNow();
        browser.close();
        phone.close();
    }
}
