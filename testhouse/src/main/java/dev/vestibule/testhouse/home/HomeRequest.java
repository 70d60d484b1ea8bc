package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request after the door. Lives on the event loop.
final class HomeRequest {

    private final HttpRequest head;
    private final Query query;
    private final InetAddress remote;
    private final @Nullable RefreshToken token;
    private final Map<String, String> pathParts;
    private final byte[] body;

    private HomeRequest(
            HttpRequest head,
            Query query,
            InetAddress remote,
            @Nullable RefreshToken token,
            Map<String, String> pathParts,
            byte[] body) {
        this.head = head;
        this.query = query;
        this.remote = remote;
        this.token = token;
        this.pathParts = Map.copyOf(pathParts);
        this.body = body;
    }

    static HomeRequest of(HttpRequest head, InetAddress remote) {
        return new HomeRequest(
                head, Query.ofTarget(head.uri()), remote, null, Map.of(), new byte[0]);
    }

    HomeRequest withToken(RefreshToken newToken) {
        return new HomeRequest(head, query, remote, newToken, pathParts, body);
    }

    HomeRequest withPathParts(Map<String, String> parts) {
        return new HomeRequest(head, query, remote, token, parts, body);
    }

    HomeRequest withBody(byte[] newBody) {
        return new HomeRequest(head, query, remote, token, pathParts, newBody);
    }

    String method() {
        return head.method().name();
    }

    String target() {
        return head.uri();
    }

    String path() {
        return query.path();
    }

    List<Map.Entry<String, String>> parameters() {
        return query.parameters();
    }

    Optional<String> parameter(String name) {
        return query.first(name);
    }

    /// A named part of the path's pattern.
    String part(String name) {
        return pathParts.getOrDefault(name, "");
    }

    HttpHeaders headers() {
        return head.headers();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(head.headers().get(name));
    }

    /// Who asks, by the rules for forwarded addresses.
    InetAddress remote() {
        return remote;
    }

    /// Present when a valid bearer or a valid signature came.
    Optional<RefreshToken> token() {
        return Optional.ofNullable(token);
    }

    Optional<User> user() {
        return token().map(RefreshToken::user);
    }

    byte[] body() {
        return body.clone();
    }

    Optional<JsonNode> json() {
        return Json.parse(body);
    }

    List<Map.Entry<String, String>> form() {
        return Forms.read(header("Content-Type").orElse(""), body);
    }
}
