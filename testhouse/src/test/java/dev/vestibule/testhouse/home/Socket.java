package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A visitor's websocket: commands and their answers, one after the other.
final class Socket implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable WebSocket socket;
    private int lastId;

    private Socket() {}

    static Socket open(HttpClient http, URI house, String... headers) {
        var opened = new Socket();
        var builder = http.newWebSocketBuilder().connectTimeout(PATIENCE);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        opened.socket =
                builder.buildAsync(
                                URI.create("ws://" + house.getAuthority() + "/api/websocket"),
                                opened)
                        .join();
        return opened;
    }

    /// Signs in; fails where the house does not agree.
    void authenticate(String accessToken) {
        JsonNode answer = tryAuthenticate(accessToken);
        if (!answer.path("type").asText().equals("auth_ok")) {
            throw new IllegalStateException(answer.toString());
        }
    }

    /// @return `auth_ok` or `auth_invalid`
    JsonNode tryAuthenticate(String accessToken) {
        JsonNode required = next();
        if (!required.path("type").asText().equals("auth_required")) {
            throw new IllegalStateException(required.toString());
        }
        send(Json.object().put("type", "auth").put("access_token", accessToken).toString());
        return next();
    }

    void send(String message) {
        if (socket == null) {
            throw new IllegalStateException("the socket is not open");
        }
        socket.sendText(message, true).join();
    }

    /// Sends a command without waiting.
    ///
    /// @return its id
    int begin(String type, ObjectNode parameters) {
        int id = ++lastId;
        ObjectNode message = Json.object().put("id", id).put("type", type);
        message.setAll(parameters);
        send(message.toString());
        return id;
    }

    /// The answer to a command; events that come first are passed over.
    JsonNode call(String type, ObjectNode parameters) {
        int id = begin(type, parameters);
        while (true) {
            JsonNode message = next();
            boolean isAnswer = !message.path("type").asText().equals("event");
            if (isAnswer && message.path("id").asInt() == id) {
                return message;
            }
        }
    }

    JsonNode call(String type) {
        return call(type, Json.object());
    }

    /// The code of a failure, or nothing where it succeeded.
    String failure(String type, ObjectNode parameters) {
        return call(type, parameters).path("error").path("code").asText();
    }

    JsonNode result(String type, ObjectNode parameters) {
        JsonNode answer = call(type, parameters);
        if (!answer.path("success").asBoolean()) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.path("result");
    }

    JsonNode next() {
        try {
            JsonNode message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (message == null) {
                throw new IllegalStateException("no message came");
            }
            return message;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// Waits for the end.
    int closeCode() {
        try {
            return closeCode.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stillOpen) {
            throw new IllegalStateException("the socket is still open", stillOpen);
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Whether the other side still answers.
    boolean isAlive() {
        return !closeCode.isDone() && call("ping").path("type").asText().equals("pong");
    }

    @Override
    public @Nullable CompletionStage<?> onText(
            WebSocket webSocket, CharSequence part, boolean isLast) {
        text.append(part);
        if (isLast) {
            JsonNode message = Json.parse(text.toString()).orElseThrow();
            text.setLength(0);
            if (message.isArray()) {
                message.forEach(messages::add);
            } else {
                messages.add(message);
            }
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closeCode.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closeCode.complete(1006);
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
