package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.homeassistant.CommandResult.Failure;
import dev.vestibule.homeassistant.CommandResult.Success;
import dev.vestibule.homeassistant.HomeAssistantSocket.Welcome;
import dev.vestibule.secret.Secret;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Asks Home Assistant on the gateway's own behalf whether an access token lives, and whose it is.
/// Safe to share between threads. Waits; at most [#AT_ONCE_MAX] questions are asked at once.
///
/// Home Assistant counts a dead token as a failed login of the named address. Whoever asks limits
/// how often a client may make the gateway ask.
public final class TokenProbe {

    private static final int AT_ONCE_MAX = 8;

    private static final int WAITING_MAX = 64;

    private final Transport transport;
    private final TransportLimits limits;
    private final ForwardingProbe forwarding;
    private final Semaphore turns = new Semaphore(AT_ONCE_MAX);

    TokenProbe(Transport transport, TransportLimits limits, ForwardingProbe forwarding) {
        this.transport = transport;
        this.limits = limits;
        this.forwarding = forwarding;
    }

    /// @param accessToken of any kind that Home Assistant makes: of a session, long-lived, of a
    ///   system user
    /// @throws HomeAssistantUnavailable when the answer cannot be had; the token may live or not
    public TokenProbeResult ask(Secret accessToken, InetAddress client) {
        takeTurn();
        try (var socket =
                HomeAssistantSocket.open(transport, limits, forwarding.forClient(client))) {
            return switch (socket.authenticate(accessToken)) {
                case Welcome.TokenInvalid _ -> new TokenProbeResult.Dead();
                case Welcome.Accepted _ -> whose(socket);
            };
        } finally {
            turns.release();
        }
    }

    /// Attack: unknown tokens from many addresses, which would leave no worker for anybody else.
    private void takeTurn() {
        if (turns.getQueueLength() >= WAITING_MAX) {
            throw new HomeAssistantUnavailable("No further token may wait to be asked about");
        }
        try {
            if (!turns.tryAcquire(limits.answer().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new HomeAssistantUnavailable("Too many tokens wait to be asked about");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HomeAssistantUnavailable(
                    "The wait for Home Assistant was ended", interrupted);
        }
    }

    private static TokenProbeResult whose(HomeAssistantSocket socket) {
        return switch (socket.call("auth/current_user", Map.of())) {
            case Success(var user) -> alive(user);
            // The user was deactivated between the greeting and the question.
            case Failure failure when failure.says("only_active_user") ->
                    new TokenProbeResult.Dead();
            case Failure failure ->
                    throw new HomeAssistantUnavailable(
                            "Home Assistant does not say whose the token is: " + failure.code());
        };
    }

    private static TokenProbeResult alive(JsonNode user) {
        String id =
                Json.nonEmptyText(user, "id")
                        .orElseThrow(
                                () ->
                                        new HomeAssistantUnavailable(
                                                "Home Assistant describes a user without an id"));
        return new TokenProbeResult.Alive(
                id,
                Json.text(user, "name"),
                Json.flag(user, "is_owner"),
                Json.flag(user, "is_admin"));
    }
}
