package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.vestibule.homeassistant.CommandResult.Failure;
import dev.vestibule.homeassistant.CommandResult.Success;
import dev.vestibule.homeassistant.HomeAssistantSocket.Welcome;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Keeps one authenticated websocket of the administrator open: connects, subscribes, watches, and
/// begins again after a growing wait. Safe to share between threads; [HomeAssistant] closes it.
final class AdministratorConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdministratorConnection.class);
    private static final Set<String> USER_EVENTS =
            Set.of("user_added", "user_updated", "user_removed");
    private static final String FAULT = "a fault of the gateway, see its log";

    private final InstantSource time;
    private final TransportLimits limits;
    private final Transport transport;
    private final Secret token;
    private final ForwardingProbe forwarding;
    private final EventDispatcher userEvents;
    private final CapabilityTokens capabilityTokens;
    private final CountDownLatch settled = new CountDownLatch(1);
    private final Thread loop =
            Thread.ofVirtual().name("home-assistant-connection").unstarted(this::run);
    private volatile HomeAssistantStatus status = new HomeAssistantStatus.Connecting();
    private volatile @Nullable HomeAssistantSocket current;
    private volatile String ownUserId = "";

    AdministratorConnection(
            InstantSource time,
            TransportLimits limits,
            Transport transport,
            Secret token,
            ForwardingProbe forwarding,
            EventDispatcher userEvents,
            CapabilityTokens capabilityTokens) {
        this.time = time;
        this.limits = limits;
        this.transport = transport;
        this.token = token;
        this.forwarding = forwarding;
        this.userEvents = userEvents;
        this.capabilityTokens = capabilityTokens;
    }

    void start() {
        loop.start();
    }

    HomeAssistantStatus status() {
        return status;
    }

    /// Whether this is the user whom the gateway itself asks as.
    boolean isOwnUser(String userId) {
        return !userId.isEmpty() && userId.equals(ownUserId);
    }

    /// Waits until the first attempt has ended in one way or the other.
    HomeAssistantStatus awaitFirstAttempt(Duration limit) {
        try {
            boolean ended = settled.await(limit.toNanos(), TimeUnit.NANOSECONDS);
            LOG.debug("event=home-assistant-first-attempt ended={}", ended);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return status;
    }

    /// Asks with the administrator's rights.
    ///
    /// @throws HomeAssistantUnavailable without a connection, or when no answer comes in time
    CommandResult call(String type, Map<String, ?> params) {
        return socket().call(type, params);
    }

    /// Signs in over a connection of its own, which is closed again: a sign-in in the gateway's own
    /// name that goes well.
    void signInOnce() {
        try (var socket = HomeAssistantSocket.open(transport, limits, ForwardedFor.NOBODY)) {
            Welcome welcome = socket.authenticate(token);
            LOG.debug("event=signed-in-once accepted={}", welcome instanceof Welcome.Accepted);
        }
    }

    /// Who comes while a gateway that has just started still makes its first attempt waits for the
    /// outcome, so that its restart is not noticed. Nobody waits after that.
    private HomeAssistantSocket socket() {
        if (current == null) {
            awaitFirstAttempt(limits.firstAttempt());
        }
        HomeAssistantSocket socket = current;
        if (socket == null) {
            throw new HomeAssistantUnavailable("There is no connection to Home Assistant");
        }
        return socket;
    }

    /// As [#call], for commands that are refused only where the token or the release is wrong.
    JsonNode get(String type, Map<String, ?> params) {
        return result(type, call(type, params));
    }

    /// As [#get], for commands of a component that a house may do without: then there is nothing.
    JsonNode getIfLoaded(String type) {
        CommandResult answer = call(type, Map.of());
        return answer instanceof Failure failure && failure.says("unknown_command")
                ? MissingNode.getInstance()
                : result(type, answer);
    }

    private static JsonNode result(String type, CommandResult answer) {
        return switch (answer) {
            case Success(var result) -> result;
            case Failure failure ->
                    throw new HomeAssistantUnavailable(
                            "Home Assistant refused " + type + ": " + failure.code());
        };
    }

    private void run() {
        Backoff backoff = new Backoff(new Secrets(), limits.retryFirst(), limits.retryLast());
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean wasConnected = attempt();
                settled.countDown();
                if (wasConnected) {
                    backoff.reset();
                }
                Thread.sleep(
                        status instanceof HomeAssistantStatus.TokenRefused
                                ? limits.retryRefused()
                                : backoff.next());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// One connection from its beginning to its end.
    ///
    /// @return whether it came to be
    private boolean attempt() throws InterruptedException {
        try (var socket = HomeAssistantSocket.open(transport, limits, ForwardedFor.NOBODY)) {
            HomeAssistantStatus met = meet(socket);
            if (met instanceof HomeAssistantStatus.Connected) {
                stay(socket, met);
                return true;
            }
            setStatus(met);
        } catch (HomeAssistantUnavailable away) {
            setAway(away.reason());
        } catch (RuntimeException bug) {
            // The loop goes on: if it ended, it would still say that it is connected, and nothing
            // would be asked of Home Assistant, or told to it, before a restart.
            LOG.error("event=home-assistant-connection reason=bug", bug);
            setAway(FAULT);
        }
        return false;
    }

    /// Returns when the socket has ended, also when it only stopped answering.
    private void stay(HomeAssistantSocket socket, HomeAssistantStatus connected)
            throws InterruptedException {
        current = socket;
        setStatus(connected);
        settled.countDown();
        try {
            tellListeners();
            watch(socket);
            setAway(socket.endReason());
        } catch (HomeAssistantUnavailable silent) {
            setAway(silent.reason());
        } finally {
            current = null;
        }
    }

    private HomeAssistantStatus meet(HomeAssistantSocket socket) {
        return switch (socket.authenticate(token)) {
            case Welcome.TokenInvalid _ ->
                    forwarding.isNotOnboarded()
                            ? new HomeAssistantStatus.NotOnboarded()
                            : new HomeAssistantStatus.TokenRefused();
            case Welcome.Accepted(var version) -> greet(socket, version);
        };
    }

    private HomeAssistantStatus greet(HomeAssistantSocket socket, String version) {
        Optional<HomeAssistantVersion> read = HomeAssistantVersion.parse(version);
        if (read.filter(v -> v.isAtLeast(HomeAssistantVersion.OLDEST)).isEmpty()) {
            return new HomeAssistantStatus.TooOld(version);
        }
        JsonNode user = success(socket.call("auth/current_user", Map.of()));
        if (!Json.flag(user, "is_admin")) {
            return new HomeAssistantStatus.NotAdministrator();
        }
        ownUserId = Json.text(user, "id");
        forwarding.ask();
        subscribe(socket);
        return new HomeAssistantStatus.Connected(
                read.get(), HomeAssistantCapabilities.of(read.get(), components(socket)));
    }

    private static Set<String> components(HomeAssistantSocket socket) {
        JsonNode config = success(socket.call("get_config", Map.of()));
        return Json.texts(config.path("components")).stream()
                .filter(component -> component.indexOf('.') < 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void subscribe(HomeAssistantSocket socket) {
        for (String event : USER_EVENTS) {
            success(
                    socket.subscribe(
                            "subscribe_events",
                            Map.of("event_type", event),
                            message -> publish(userEvent(event, message))));
        }
        capabilityTokens.clear();
        success(socket.subscribe("subscribe_entities", Map.of(), capabilityTokens::learn));
    }

    /// Only now may a listener ask: the connection is there.
    private void tellListeners() {
        if (!userEvents.offer(new UserEvent.Reconnected())) {
            throw new HomeAssistantUnavailable("The listeners of an earlier connection lag behind");
        }
    }

    private void publish(UserEvent event) throws IOException {
        if (!userEvents.offer(event)) {
            throw new IOException("too many events wait");
        }
    }

    private static UserEvent userEvent(String type, SocketMessage message) throws IOException {
        String userId = Json.text(message.tree().path("event").path("data"), "user_id");
        return switch (type) {
            case "user_added" -> new UserEvent.Added(userId);
            case "user_removed" -> new UserEvent.Removed(userId);
            default -> new UserEvent.Updated(userId);
        };
    }

    private static JsonNode success(CommandResult answer) {
        return switch (answer) {
            case Success(var result) -> result;
            case Failure failure ->
                    throw new HomeAssistantUnavailable(
                            "Home Assistant refused a command: " + failure.code());
        };
    }

    private void watch(HomeAssistantSocket socket) throws InterruptedException {
        while (!socket.awaitEnd(limits.ping())) {
            success(socket.call("ping", Map.of()));
        }
    }

    private void setAway(String reason) {
        setStatus(
                new HomeAssistantStatus.Away(
                        reason,
                        status instanceof HomeAssistantStatus.Away(_, var since)
                                ? since
                                : time.instant()));
    }

    private void setStatus(HomeAssistantStatus next) {
        String described = describe(next);
        if (!described.equals(describe(status))) {
            LOG.atLevel(next instanceof HomeAssistantStatus.Connected ? Level.INFO : Level.WARN)
                    .log("event=home-assistant-status status=\"{}\"", described);
        }
        status = next;
    }

    private static String describe(HomeAssistantStatus status) {
        return switch (status) {
            case HomeAssistantStatus.Connected(var version, _) -> "connected to " + version;
            case HomeAssistantStatus.Connecting _ -> "connecting";
            case HomeAssistantStatus.Away(var reason, _) -> "away: " + reason;
            case HomeAssistantStatus.TokenRefused _ ->
                    "the token is refused; run `vestibule setup`, or put a long-lived token of an"
                            + " administrator into the configuration";
            case HomeAssistantStatus.NotAdministrator _ ->
                    "the token is no administrator's; run `vestibule setup`, or put one of an"
                            + " administrator into the configuration";
            case HomeAssistantStatus.NotOnboarded _ -> "not set up yet; open its own address first";
            case HomeAssistantStatus.TooOld(var version) ->
                    "too old: " + version + "; " + HomeAssistantVersion.OLDEST + " is the oldest";
        };
    }

    @Override
    public void close() {
        loop.interrupt();
        HomeAssistantSocket socket = current;
        if (socket != null) {
            socket.close();
        }
    }
}
