package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// Somebody with an HTTP client who visits a house.
final class Visitor implements AutoCloseable {

    private static final String FORM = "application/x-www-form-urlencoded";
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(20))
                    .build();
    private final URI house;

    Visitor(URI house) {
        this.house = house;
    }

    URI house() {
        return house;
    }

    /// The client id that a page of this house has.
    String clientId() {
        return house + "/";
    }

    HttpResponse<String> get(String target, String... headers) {
        return send(request(target, headers).GET().build());
    }

    HttpResponse<String> post(String target, JsonNode body, String... headers) {
        return send(
                request(target, headers)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                        .build());
    }

    HttpResponse<String> postForm(String target, Map<String, String> fields, String... headers) {
        String body =
                fields.entrySet().stream()
                        .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
                        .collect(Collectors.joining("&"));
        return send(
                request(target, headers)
                        .header("Content-Type", FORM)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    /// As a browser sends `FormData`.
    HttpResponse<String> postMultipart(String target, Map<String, String> fields) {
        String boundary = "----formBoundary7a3c";
        var body = new StringBuilder();
        fields.forEach(
                (name, value) ->
                        body.append("--%s\r\n".formatted(boundary))
                                .append(
                                        "Content-Disposition: form-data; name=\"%s\"\r\n\r\n"
                                                .formatted(name))
                                .append(value)
                                .append("\r\n"));
        body.append("--%s--\r\n".formatted(boundary));
        return send(
                request(target)
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build());
    }

    HttpRequest.Builder request(String target, String... headers) {
        var request = HttpRequest.newBuilder(house.resolve(target)).timeout(Duration.ofSeconds(20));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    Socket socket(String... headers) {
        return Socket.open(http, house, headers);
    }

    /// A socket on which somebody has signed in.
    Socket socketOf(String accessToken) {
        Socket socket = socket();
        socket.authenticate(accessToken);
        return socket;
    }

    /// Runs a whole login flow, up to the answer to the last step.
    HttpResponse<String> signIn(String username, String password, String... headers) {
        return step(beginFlow(clientId(), headers), username, password, headers);
    }

    String beginFlow(String redirectUri, String... headers) {
        ObjectNode begin =
                Json.object().put("client_id", clientId()).put("redirect_uri", redirectUri);
        begin.set("handler", LoginFlows.handler());
        return json(post("/auth/login_flow", begin, headers)).path("flow_id").asText();
    }

    HttpResponse<String> step(String flowId, String username, String password, String... headers) {
        return post(
                "/auth/login_flow/" + flowId,
                Json.object()
                        .put("client_id", clientId())
                        .put("username", username)
                        .put("password", password),
                headers);
    }

    String code(String username, String password) {
        return json(signIn(username, password)).path("result").asText();
    }

    Tokens tokens(String username, String password) {
        JsonNode json = json(redeem(code(username, password)));
        String access = json.path("access_token").asText();
        return new Tokens(
                access,
                json.path("refresh_token").asText(),
                Jwt.read(access).orElseThrow().path("iss").asText());
    }

    HttpResponse<String> redeem(String code) {
        return postForm(
                "/auth/token",
                Map.of("grant_type", "authorization_code", "client_id", clientId(), "code", code));
    }

    HttpResponse<String> refresh(Tokens tokens) {
        return postForm(
                "/auth/token",
                Map.of(
                        "grant_type", "refresh_token",
                        "client_id", clientId(),
                        "refresh_token", tokens.refreshToken()));
    }

    /// Of a request that needs a token.
    int statusWith(String accessToken) {
        return get("/api/", "Authorization", "Bearer " + accessToken).statusCode();
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.parse(response.body()).orElseThrow();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
