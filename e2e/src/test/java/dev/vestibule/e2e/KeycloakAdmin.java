package dev.vestibule.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.testhouse.visitor.VisitorBrowser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// What an administrator of Keycloak does, by its REST API. Each step signs in anew: the
/// administrator's tokens live for a minute only.
final class KeycloakAdmin {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI address;
    private final String password;

    KeycloakAdmin(HttpClient http, URI address, String password) {
        this.http = http;
        this.address = address;
        this.password = password;
    }

    /// Takes a person out of all groups and puts them into one.
    void moveTo(String group, String username) {
        String person = idOf(username);
        String target = idIn(get("/groups?exact=true&search=" + group));
        for (JsonNode old : get("/users/" + person + "/groups")) {
            send("DELETE", "/users/" + person + "/groups/" + old.path("id").asText(), "");
        }
        send("PUT", "/users/" + person + "/groups/" + target, "");
    }

    /// Ends every session that Keycloak has with a person.
    void signOut(String username) {
        send("POST", "/users/" + idOf(username) + "/logout", "");
    }

    /// Signs one session of a person out after the other, as the list of them in the console does.
    void signOutEachSession(String username) {
        for (JsonNode session : get("/users/" + idOf(username) + "/sessions")) {
            send("DELETE", "/sessions/" + session.path("id").asText(), "");
        }
    }

    /// How many browsers Keycloak knows a person to be signed in with.
    int sessionsOf(String username) {
        return get("/users/" + idOf(username) + "/sessions").size();
    }

    /// How many tokens of a person for the gateway outlive their sessions.
    int offlineSessionsOf(String username) {
        String client = idIn(get("/clients?clientId=vestibule"));
        return get("/users/" + idOf(username) + "/offline-sessions/" + client).size();
    }

    void setEnabled(String username, boolean isEnabled) {
        send("PUT", "/users/" + idOf(username), "{\"enabled\": " + isEnabled + "}");
    }

    /// Sets the client's back-channel logout URI.
    void sendLogoutsTo(URI target) {
        setLogoutUri(target.toString());
    }

    /// Has the client hear of nobody's signing out.
    void sendNoLogouts() {
        setLogoutUri("");
    }

    private void setLogoutUri(String uri) {
        ObjectNode client = (ObjectNode) get("/clients?clientId=vestibule").path(0);
        client.withObject("/attributes")
                .put("backchannel.logout.url", uri)
                .put("backchannel.logout.session.required", "true");
        send("PUT", "/clients/" + client.path("id").asText(), client.toString());
    }

    private String idOf(String username) {
        return idIn(get("/users?exact=true&username=" + username));
    }

    private static String idIn(JsonNode found) {
        if (found.size() != 1) {
            throw new IllegalStateException("not one: " + found);
        }
        return found.path(0).path("id").asText();
    }

    /// The id of the key that tokens are signed with now.
    String signingKey() {
        return get("/keys").path("active").path("RS256").asText();
    }

    /// Adds a key that is preferred to all others from now on; the old ones stay valid.
    void rotateSigningKey() {
        String before = signingKey();
        long priority = 0;
        for (JsonNode key : get("/keys").path("keys")) {
            priority = Math.max(priority, key.path("providerPriority").asLong());
        }
        send(
                "POST",
                "/components",
                """
                {
                  "name": "rotated after %s",
                  "providerId": "rsa-generated",
                  "providerType": "org.keycloak.keys.KeyProvider",
                  "config": {
                    "priority": ["%d"],
                    "enabled": ["true"],
                    "active": ["true"],
                    "algorithm": ["RS256"],
                    "keySize": ["2048"]
                  }
                }
                """
                        .formatted(before, priority + 1));
        if (signingKey().equals(before)) {
            throw new IllegalStateException("Keycloak still signs with " + before);
        }
    }

    private JsonNode get(String pathInRealm) {
        return json(send("GET", pathInRealm, ""));
    }

    private String send(String method, String pathInRealm, String body) {
        URI uri = address.resolve("/admin/realms/" + KeycloakServer.REALM + pathInRealm);
        return exchange(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + accessToken())
                        .header("Content-Type", "application/json")
                        .method(method, publisher(body)));
    }

    private static BodyPublisher publisher(String body) {
        return body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    }

    private String accessToken() {
        String form =
                "grant_type=password&client_id=admin-cli&username=admin&password="
                        + VisitorBrowser.encode(password);
        String answer =
                exchange(
                        HttpRequest.newBuilder(
                                        address.resolve(
                                                "/realms/master/protocol/openid-connect/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form)));
        return json(answer).path("access_token").asText();
    }

    private String exchange(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(ANSWER_MAX).build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        request + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException problem) {
            throw new IllegalStateException("no answer to " + request, problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(text, unreadable);
        }
    }
}
