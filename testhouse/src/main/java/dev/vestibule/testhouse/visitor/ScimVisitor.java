package dev.vestibule.testhouse.visitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// An identity system that sends people over SCIM (RFC 7644), whatever it is told to send. Safe to
/// share between threads.
public final class ScimVisitor implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final String token;

    /// @param base where the resources are, such as `http://localhost:8124/scim/v2`
    /// @param token the bearer token; empty for a stranger
    public ScimVisitor(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /// What came back. A body that is no JSON is the missing node.
    public record Answer(int status, JsonNode json) {

        /// The resource's id; the empty text where there is none.
        public String id() {
            return json.path("id").asText();
        }
    }

    public Answer get(String path) {
        return send("GET", path, "");
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    public Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    /// @param operations one operation of a PATCH, or several with commas between
    public Answer patch(String path, String operations) {
        return send(
                "PATCH",
                path,
                "{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
                        + " \"Operations\": ["
                        + operations
                        + "]}");
    }

    public Answer delete(String path) {
        return send("DELETE", path, "");
    }

    /// @param path behind the base, with its query
    /// @param body as it is sent; none where it is empty
    public Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(WAIT_MAX)
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/scim+json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return answer(request.build());
    }

    private Answer answer(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), read(response.body()));
        } catch (IOException failed) {
            throw new VisitorFailed(request.uri() + " was not answered: " + failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new VisitorFailed("interrupted at " + request.uri());
        }
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException unreadable) {
            return JSON.missingNode();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
