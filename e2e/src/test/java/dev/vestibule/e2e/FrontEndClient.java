package dev.vestibule.e2e;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.TestHouse;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// Home Assistant's own JavaScript client, `home-assistant-js-websocket`, in a node of its own. It
/// knows the gateway's address and nothing else. One thread uses it.
final class FrontEndClient implements AutoCloseable {

    /// What the client throws when it must sign in anew.
    static final String ERR_INVALID_AUTH = "ERR_INVALID_AUTH";

    /// What it throws when it may try again.
    static final String ERR_CANNOT_CONNECT = "ERR_CANNOT_CONNECT";

    private final NodePeer node = NodePeer.start("front-end-client.mjs");
    private final String hassUrl;

    FrontEndClient(TestHouse house) {
        this.hassUrl = house.origin().toString();
    }

    /// The whole of a sign-in as the client does it in a browser: it leaves for the authorize
    /// address, with a state of its own, and takes up what it finds when the browser is back.
    JsonNode signIn(TestHouse house, VisitorBrowser browser, String person) {
        house.provider().signInAutomaticallyAs(person);
        String authorize = node.ask("leaveForSignIn", Map.of("hassUrl", hassUrl)).asText();
        Answer back = browser.walk(URI.create(authorize), house.landing());
        return node.ask("comeBack", Map.of("address", back.location()));
    }

    JsonNode signInWithCode(String clientId, String code) {
        return node.ask(
                "signInWithCode",
                Map.of("hassUrl", hassUrl, "clientId", clientId, "authCode", code));
    }

    /// Opens the page again with tokens that were stored.
    void load(String clientId, String accessToken, String refreshToken, long expires) {
        node.ask(
                "loadTokens",
                Map.of(
                        "tokens",
                        Map.of(
                                "hassUrl", hassUrl,
                                "clientId", clientId,
                                "access_token", accessToken,
                                "refresh_token", refreshToken,
                                "expires", expires)));
    }

    /// Opens the connection and gives Home Assistant's version.
    String connect() {
        return node.ask("connect").asText();
    }

    JsonNode user() {
        return node.ask("user");
    }

    /// Subscribes, waits for the first states, and gives the entities' names.
    List<String> subscribeEntities() {
        return node.ask("subscribeEntities").valueStream().map(JsonNode::asText).toList();
    }

    /// Waits until the client has heard that an entity is in a state.
    void awaitState(String entity, String state) {
        node.ask("awaitState", Map.of("entity", entity, "state", state));
    }

    void toggle(String light) {
        node.ask(
                "callService",
                Map.of(
                        "domain",
                        "light",
                        "service",
                        "toggle",
                        "target",
                        Map.of("entity_id", light)));
    }

    JsonNode refresh() {
        return node.ask("refresh");
    }

    void revoke() {
        node.ask("revoke");
    }

    void awaitDisconnected() {
        node.ask("awaitDisconnected");
    }

    void awaitConnected() {
        node.ask("awaitConnected");
    }

    /// Waits until the client has given up coming back, and gives the reason.
    String awaitReconnectError() {
        return node.ask("awaitReconnectError").asText();
    }

    @Override
    public void close() {
        node.close();
    }
}
