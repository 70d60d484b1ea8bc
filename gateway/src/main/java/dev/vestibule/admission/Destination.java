package dev.vestibule.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.oidc.Prompt;

/// Where a person wants to be after signing in. Kept on the server while they are away.
public sealed interface Destination {

    /// Back at a client, with an authorization code.
    record Client(ClientRequest request) implements Destination {}

    /// At a page of the home.
    ///
    /// @param path path and query, canonical
    record Page(String path) implements Destination {}

    /// Nowhere: what is proven here is for an app, and the person types a code there.
    ///
    /// @param link names the hand-off; opens nothing
    record HandOff(String link) implements Destination {}

    ObjectMapper JSON = new ObjectMapper();

    /// The path of ours that leads there, sign-in included.
    default String address() {
        return switch (this) {
            case Page(var path) -> Paths.signIn(path);
            case Client(var request) -> Paths.AUTHORIZE + "?" + request.query();
            case HandOff(var link) -> Paths.APP + "/" + link;
        };
    }

    /// As [#address()], by a sign-in that asks as much of the person. A hand-off asks for a fresh
    /// one whatever its address says.
    default String address(Prompt prompt) {
        String asked =
                switch (prompt) {
                    case AS_NEEDED, SILENT -> "";
                    case FRESH_LOGIN -> "&prompt=login";
                    case SELECT_ACCOUNT -> "&prompt=select_account";
                };
        return switch (this) {
            case Page _, Client _ -> address() + asked;
            case HandOff _ -> address();
        };
    }

    /// As it is kept in the store.
    default String stored() {
        ObjectNode node = JSON.createObjectNode();
        switch (this) {
            case Page(var path) -> node.put("path", path);
            case HandOff(var link) -> node.put("hand_off", link);
            case Client(var request) ->
                    node.put("client_id", request.clientId())
                            .put("redirect_uri", request.redirectUri())
                            .put("state", request.state())
                            .put("code_challenge", request.codeChallenge())
                            .put("kind", request.kind().name())
                            .put("client_name", request.clientName());
        }
        return node.toString();
    }

    /// @throws IllegalStateException where it is not what [#stored()] wrote
    static Destination of(String stored) {
        JsonNode node = read(stored);
        if (node.has("path")) {
            return new Page(text(node, "path"));
        }
        return node.has("hand_off")
                ? new HandOff(text(node, "hand_off"))
                : new Client(
                        new ClientRequest(
                                text(node, "client_id"),
                                text(node, "redirect_uri"),
                                text(node, "state"),
                                text(node, "code_challenge"),
                                ClientKind.valueOf(text(node, "kind")),
                                text(node, "client_name")));
    }

    private static JsonNode read(String stored) {
        try {
            return JSON.readTree(stored);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored destination cannot be read", broken);
        }
    }

    private static String text(JsonNode node, String name) {
        String value = node.path(name).textValue();
        if (value == null) {
            throw new IllegalStateException("a stored destination lacks " + name);
        }
        return value;
    }
}
