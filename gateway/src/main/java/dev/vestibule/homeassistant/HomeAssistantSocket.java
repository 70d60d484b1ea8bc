package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

import dev.vestibule.homeassistant.CommandResult.Failure;
import dev.vestibule.homeassistant.CommandResult.Success;
import dev.vestibule.secret.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// One websocket to Home Assistant: the opening exchange, commands and their answers, events. Safe
/// to share between threads; whoever opened it closes it.
///
/// Every call waits for a limited time, and an answer that never comes costs only its own call. At
/// most [#PENDING_MAX] calls wait at once; the next one waits for its turn as long as for an
/// answer. Each event is handed to its handler on the thread that reads, so a handler must not
/// wait.
final class HomeAssistantSocket implements AutoCloseable {

    private static final int PENDING_MAX = 64;

    private final TransportLimits limits;
    private final Inbox inbox = new Inbox();
    private final CompletableFuture<JsonNode> greeting = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> verdict = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<CommandResult>> pending = new ConcurrentHashMap<>();
    private final Map<Long, EventHandler> handlers = new ConcurrentHashMap<>();
    private final Semaphore turns = new Semaphore(PENDING_MAX);
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final ReentrantLock sending = new ReentrantLock();
    private final WebSocket webSocket;
    private long lastId;
    private volatile boolean isAuthenticated;

    private HomeAssistantSocket(
            Transport transport, TransportLimits limits, ForwardedFor forwardedFor) {
        this.limits = limits;
        this.webSocket = transport.openSocket(inbox, forwardedFor);
    }

    static HomeAssistantSocket open(
            Transport transport, TransportLimits limits, ForwardedFor forwardedFor) {
        return new HomeAssistantSocket(transport, limits, forwardedFor);
    }

    /// Takes the payload of an event on the reading thread.
    interface EventHandler {
        void onEvent(SocketMessage message) throws IOException;
    }

    /// How Home Assistant met an access token.
    sealed interface Welcome {

        record Accepted(String version) implements Welcome {}

        record TokenInvalid() implements Welcome {}
    }

    /// Walks the opening exchange: `auth_required`, our `auth`, `auth_ok` or `auth_invalid`.
    Welcome authenticate(Secret accessToken) {
        JsonNode required = Transport.await(greeting, limits.command());
        if (!Json.text(required, "type").equals("auth_required")) {
            throw new HomeAssistantUnavailable("This websocket is not Home Assistant's");
        }
        send(Json.write(Map.of("type", "auth", "access_token", accessToken.reveal())));
        JsonNode answer = Transport.await(verdict, limits.command());
        return switch (Json.text(answer, "type")) {
            case "auth_ok" -> new Welcome.Accepted(Json.text(answer, "ha_version"));
            case "auth_invalid" -> new Welcome.TokenInvalid();
            default -> throw new HomeAssistantUnavailable("Home Assistant's greeting is unknown");
        };
    }

    CommandResult call(String type, Map<String, ?> params) {
        return ask(type, params, null);
    }

    /// Begins a subscription. The handler lives as long as the socket; a refused subscription never
    /// calls it.
    CommandResult subscribe(String type, Map<String, ?> params, EventHandler handler) {
        return ask(type, params, handler);
    }

    private CommandResult ask(String type, Map<String, ?> params, @Nullable EventHandler handler) {
        takeTurn();
        CompletableFuture<CommandResult> answer = new CompletableFuture<>();
        long id = -1;
        try {
            id = sendCommand(type, params, answer, handler);
            return Transport.await(answer, limits.command());
        } finally {
            pending.remove(id);
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (!turns.tryAcquire(limits.command().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new HomeAssistantUnavailable("Too many questions wait for Home Assistant");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HomeAssistantUnavailable(
                    "The wait for Home Assistant was ended", interrupted);
        }
    }

    /// Ids must increase on the wire, so counting and sending are one step.
    private long sendCommand(
            String type,
            Map<String, ?> params,
            CompletableFuture<CommandResult> answer,
            @Nullable EventHandler handler) {
        sending.lock();
        try {
            long id = ++lastId;
            pending.put(id, answer);
            if (handler != null) {
                handlers.put(id, handler);
            }
            if (ended.isDone()) {
                pending.remove(id);
                throw new HomeAssistantUnavailable("The websocket closed: " + ended.getNow(""));
            }
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("id", id);
            message.put("type", type);
            message.putAll(params);
            send(Json.write(message));
            return id;
        } finally {
            sending.unlock();
        }
    }

    private void send(String text) {
        sending.lock();
        try {
            Transport.await(webSocket.sendText(text, true), limits.command());
        } catch (HomeAssistantUnavailable failed) {
            // A half-sent message leaves the socket in no usable state.
            end("a message could not be sent");
            throw failed;
        } finally {
            sending.unlock();
        }
    }

    /// Waits for the end of the socket.
    ///
    /// @return whether it has ended
    boolean awaitEnd(Duration limit) throws InterruptedException {
        try {
            ended.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException stillOpen) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("the end is never exceptional", impossible);
        }
    }

    /// Why it ended; empty while it is open.
    String endReason() {
        return ended.getNow("");
    }

    private void end(String reason) {
        ended.complete(reason);
        webSocket.abort();
        failPending();
    }

    private void failPending() {
        var lost = new HomeAssistantUnavailable("The websocket closed: " + ended.getNow(""));
        greeting.completeExceptionally(lost);
        verdict.completeExceptionally(lost);
        pending.values().forEach(answer -> answer.completeExceptionally(lost));
        handlers.clear();
    }

    @Override
    public void close() {
        end("closed by the gateway");
    }

    private void receive(SocketMessage message) throws IOException {
        if (!isAuthenticated) {
            receiveGreeting(message);
            return;
        }
        SocketMessage.Envelope envelope = message.envelope();
        switch (envelope.type()) {
            case "result" -> answer(envelope.id(), result(message.tree()));
            case "pong" -> answer(envelope.id(), new Success(NullNode.getInstance()));
            case "event" -> {
                EventHandler handler = handlers.get(envelope.id());
                if (handler != null) {
                    handler.onEvent(message);
                }
            }
            default -> {
                // A kind of message that a later release sends without being asked.
            }
        }
    }

    private void receiveGreeting(SocketMessage message) throws IOException {
        JsonNode tree = message.tree();
        isAuthenticated = Json.text(tree, "type").equals("auth_ok");
        if (!greeting.complete(tree)) {
            verdict.complete(tree);
        }
    }

    private void answer(long id, CommandResult result) {
        CompletableFuture<CommandResult> waiting = pending.get(id);
        if (waiting != null) {
            waiting.complete(result);
        }
    }

    private static CommandResult result(JsonNode message) {
        if (Json.flag(message, "success")) {
            return new Success(message.path("result"));
        }
        JsonNode error = message.path("error");
        return new Failure(
                Json.text(error, "code"),
                Json.text(error, "translation_key"),
                Json.text(error, "message"));
    }

    /// Collects the pieces of a message, no more than the limit, and asks for the next only then.
    private final class Inbox implements WebSocket.Listener {

        private SocketMessage current = new SocketMessage();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence piece, boolean isLast) {
            current.append(piece);
            if (current.length() > limits.messageCharsMax()) {
                stop(socket, "a message is longer than " + limits.messageCharsMax());
                return null;
            }
            if (isLast) {
                SocketMessage message = current;
                current = new SocketMessage();
                try {
                    receive(message);
                } catch (IOException unreadable) {
                    stop(socket, "a message cannot be read");
                    return null;
                }
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            stop(socket, "close code " + code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            stop(socket, error.getClass().getSimpleName());
        }

        /// May run before the constructor of the socket has its [WebSocket].
        private void stop(WebSocket socket, String reason) {
            ended.complete(reason);
            socket.abort();
            failPending();
        }
    }
}
