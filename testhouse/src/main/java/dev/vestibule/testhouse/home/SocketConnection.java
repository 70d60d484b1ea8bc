package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One `/api/websocket`: first the authentication, then commands, which go to [Commands]. Lives on
/// the event loop.
final class SocketConnection implements SocketTransport.Listener {

    private static final Duration AUTHENTICATION_MAX = Duration.ofSeconds(10);
    private static final int PENDING_MAX = 4096;
    private static final Schema AUTH =
            Schema.of(Schema.required("type", Schema.Kind.AUTH), Schema.optional("access_token"));

    private final Server server;
    private final SocketTransport transport;
    private final InetAddress remote;
    private final Runnable onTokenRemoval = this::close;
    private final Map<Integer, Runnable> subscriptions = new HashMap<>();
    private final Deque<String> pending = new ArrayDeque<>();
    private @Nullable RefreshToken token;
    private boolean isFlushPlanned;
    private boolean isHeldBack;
    private boolean canCoalesce;
    private int lastId;

    SocketConnection(Server server, SocketTransport transport, InetAddress remote) {
        this.server = server;
        this.transport = transport;
        this.remote = remote;
    }

    void open() {
        server.sockets().add(this);
        transport.listen(this);
        send(phase("auth_required"));
        var _ = server.loop().later(AUTHENTICATION_MAX, this::closeIfStrange);
    }

    private void closeIfStrange() {
        if (token == null) {
            close();
        }
    }

    private ObjectNode phase(String type) {
        return Json.object().put("type", type).put("ha_version", server.house().announcedVersion());
    }

    @Override
    public void text(String message) {
        server.record().socketMessage(message);
        Optional<JsonNode> json = Json.parse(message);
        if (json.isEmpty()) {
            close();
        } else if (token == null) {
            authenticate(json.get());
        } else {
            commands(json.get());
        }
    }

    @Override
    public void binary(byte[] message) {
        if (token == null || message.length < 1) {
            close();
        }
    }

    private void authenticate(JsonNode message) {
        Optional<String> complaint = AUTH.complaint(message);
        if (complaint.isPresent()) {
            refuse("Auth message incorrectly formatted: " + complaint.get());
            return;
        }
        Optional<RefreshToken> valid =
                server.house()
                        .tokens()
                        .validate(message.path("access_token").asText())
                        .filter(one -> isWelcome(one.user()));
        if (valid.isEmpty()) {
            server.bans().failed(remote);
            refuse("Invalid access token or password");
            return;
        }
        token = valid.get();
        token.onRemoval(onTokenRemoval);
        server.bans().succeeded(remote);
        send(phase("auth_ok"));
    }

    private boolean isWelcome(User user) {
        return !server.house().version().checksLocalOnlyOnSockets()
                || server.house().refusal(user, remote).isEmpty();
    }

    private void refuse(String message) {
        send(Json.object().put("type", "auth_invalid").put("message", message));
        server.loop().soon(this::close);
    }

    private void commands(JsonNode message) {
        List<JsonNode> all = new ArrayList<>();
        if (message.isArray()) {
            message.forEach(all::add);
        } else {
            all.add(message);
        }
        all.forEach(one -> server.commands().handle(this, one));
    }

    Server server() {
        return server;
    }

    InetAddress remote() {
        return remote;
    }

    /// @throws IllegalStateException before the authentication
    RefreshToken token() {
        if (token == null) {
            throw new IllegalStateException("nobody has signed in on this socket");
        }
        return token;
    }

    boolean isOf(String userId) {
        return token != null && token.user().id().equals(userId);
    }

    boolean isIdReused(int id) {
        return id <= lastId;
    }

    void noteId(int id) {
        lastId = id;
    }

    void coalesce() {
        canCoalesce = true;
    }

    /// @param ending what ends the subscription
    void subscribe(int id, Runnable ending) {
        subscriptions.put(id, ending);
    }

    boolean unsubscribe(int id) {
        Runnable ending = subscriptions.remove(id);
        if (ending != null) {
            ending.run();
        }
        return ending != null;
    }

    /// Sends on the next turn, so that what comes together leaves together.
    void send(JsonNode message) {
        String text = Json.write(message);
        Duration delay = server.faults().delay();
        if (delay.isZero()) {
            enqueue(text);
        } else {
            var _ = server.loop().later(delay, () -> enqueue(text));
        }
    }

    private void enqueue(String text) {
        pending.add(text);
        if (pending.size() > PENDING_MAX) {
            cut();
        } else if (!isFlushPlanned) {
            isFlushPlanned = true;
            server.loop().soon(this::flush);
        }
    }

    /// What is to be sent waits, until [#goOn].
    void holdBack() {
        isHeldBack = true;
    }

    void goOn() {
        isHeldBack = false;
        flush();
    }

    private void flush() {
        isFlushPlanned = false;
        while (!isHeldBack
                && !pending.isEmpty()
                && transport.isWritable()
                && !transport.isClosing()) {
            if (canCoalesce && pending.size() > 1) {
                String joined = String.join(",", pending);
                pending.clear();
                transport.send("[" + joined + "]");
            } else {
                transport.send(pending.remove());
            }
        }
    }

    @Override
    public void writable() {
        flush();
    }

    /// Sends what waits, and says goodbye with code 1000.
    void close() {
        flush();
        transport.close(SocketTransport.NORMAL);
    }

    void cut() {
        transport.cut();
    }

    @Override
    public void closed() {
        server.sockets().remove(this);
        subscriptions.values().forEach(Runnable::run);
        subscriptions.clear();
        pending.clear();
        if (token != null) {
            token.forgetListener(onTokenRemoval);
        }
    }
}
