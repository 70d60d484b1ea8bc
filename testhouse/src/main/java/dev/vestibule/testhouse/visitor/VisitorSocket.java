package dev.vestibule.testhouse.visitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A websocket that speaks Home Assistant's protocol. One thread uses it.
public final class VisitorSocket implements AutoCloseable {

    private static final int SECONDS_MAX = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>(10_000);
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private int lastId;

    private VisitorSocket(WebSocket.Builder builder, URI uri) {
        this.socket = await(builder.buildAsync(uri, new Inbox()));
    }

    /// @param headers names and values in turn
    public static VisitorSocket open(HttpClient http, URI uri, String... headers) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        for (int i = 0; i + 1 < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return new VisitorSocket(builder, uri);
    }

    private final class Inbox implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(parse(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            end(code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            end(-1);
        }

        /// Whoever waits for a message hears of it.
        private void end(int code) {
            closed.complete(code);
            messages.add(MissingNode.getInstance());
        }
    }

    /// Shows a token and gives the type of the answer: `auth_ok` or `auth_invalid`.
    public String authenticate(String accessToken) {
        show(accessToken);
        return receive().path("type").asText();
    }

    /// Shows a token and waits for no answer.
    public void show(String accessToken) {
        String greeting = receive().path("type").asText();
        VisitorFailed.unless(greeting.equals("auth_required"), "greeted with " + greeting);
        send(JSON.createObjectNode().put("type", "auth").put("access_token", accessToken));
    }

    /// Sends a command and gives its result.
    public JsonNode call(ObjectNode command) {
        JsonNode answer = ask(command);
        VisitorFailed.unless(answer.path("success").asBoolean(), "the command failed: " + answer);
        return answer.path("result");
    }

    /// Sends a command and gives the whole answer, also where it is a refusal.
    public JsonNode ask(ObjectNode command) {
        int id = begin(command);
        while (true) {
            JsonNode message = receive();
            if (message.path("id").asInt() == id
                    && message.path("type").asText().equals("result")) {
                return message;
            }
        }
    }

    /// Sends a command, waits for no answer, and gives its id.
    public int begin(ObjectNode command) {
        int id = ++lastId;
        send(command.put("id", id));
        return id;
    }

    private void send(ObjectNode message) {
        await(socket.sendText(message.toString(), true));
    }

    /// The next message, whatever it is.
    public JsonNode receive() {
        try {
            JsonNode message = messages.poll(SECONDS_MAX, TimeUnit.SECONDS);
            if (message == null) {
                throw new VisitorFailed("nothing came over the websocket in time");
            }
            VisitorFailed.unless(
                    !message.isMissingNode(), "the websocket was closed with " + closed.getNow(-1));
            return message;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new VisitorFailed("interrupted");
        }
    }

    /// Completes with the close code when the other side closes.
    public CompletableFuture<Integer> closed() {
        return closed.copy();
    }

    /// Waits until the other side closes, and gives the close code.
    public int awaitClose() {
        return await(closed);
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException problem) {
            throw new VisitorFailed("the websocket did not do what it must in time: " + problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new VisitorFailed("interrupted");
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new VisitorFailed("a message is not JSON");
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
