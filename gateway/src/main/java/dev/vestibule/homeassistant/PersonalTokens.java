package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.homeassistant.CommandResult.Failure;
import dev.vestibule.homeassistant.CommandResult.Success;
import dev.vestibule.homeassistant.HomeAssistantSocket.Welcome;
import dev.vestibule.secret.Secret;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The refresh tokens of one user, ended as that user: Home Assistant lets no administrator list or
/// end the tokens of somebody else. Long-lived tokens are among them, and those that the gateway
/// never saw. Only the gateway's own token lives on, which may belong to one of them: without it
/// nobody could be shut out any more. Safe to share between threads; every method waits, and throws
/// [HomeAssistantUnavailable] for an outage.
public final class PersonalTokens {

    private static final Logger LOG = LoggerFactory.getLogger(PersonalTokens.class);

    /// A user who makes tokens faster than they are ended is not waited for.
    private static final int ROUNDS_MAX = 3;

    private final Transport transport;
    private final TransportLimits limits;
    private final Secret gatewayToken;
    private final String gatewayTokenId;

    /// @param gatewayToken the long-lived token that the gateway itself has
    PersonalTokens(Transport transport, TransportLimits limits, Secret gatewayToken) {
        this.transport = transport;
        this.limits = limits;
        this.gatewayToken = gatewayToken;
        this.gatewayTokenId = AccessTokenClaims.issuerOf(gatewayToken.reveal()).orElse("");
    }

    /// What became of a user's tokens.
    public sealed interface Ending {

        /// Those that were asked for are ended.
        record Ended() implements Ending {}

        /// Nobody can act as the user with this token: it is dead, or the user is inactive.
        record NotAllowed() implements Ending {}
    }

    /// Ends one token of the user by Home Assistant's id of it. One that is gone is as good as
    /// ended.
    public Ending end(Secret accessToken, String tokenId) {
        try (var socket = HomeAssistantSocket.open(transport, limits, ForwardedFor.NOBODY)) {
            if (socket.authenticate(accessToken) instanceof Welcome.TokenInvalid) {
                return new Ending.NotAllowed();
            }
            var request = Map.of("refresh_token_id", tokenId);
            return switch (socket.call("auth/delete_refresh_token", request)) {
                case Success _ -> new Ending.Ended();
                case Failure failure when failure.says("invalid_token_id") -> new Ending.Ended();
                case Failure failure when failure.says("only_active_user") ->
                        new Ending.NotAllowed();
                case Failure failure ->
                        throw new HomeAssistantUnavailable(
                                "Home Assistant does not end a token: " + failure.code());
            };
        }
    }

    /// Ends every refresh token of the user, the one behind this access token included.
    public Ending endAll(Secret accessToken) {
        try (var socket = HomeAssistantSocket.open(transport, limits, ForwardedFor.NOBODY)) {
            return socket.authenticate(accessToken) instanceof Welcome.TokenInvalid
                    ? new Ending.NotAllowed()
                    : endAll(socket);
        } catch (HomeAssistantUnavailable cut) {
            // The token's own end closes the socket, perhaps before the answer has left.
            if (isDead(accessToken)) {
                return new Ending.Ended();
            }
            throw cut;
        }
    }

    /// Ends the gateway's own token: nothing can be asked as its administrator afterwards.
    ///
    /// @return whether it opens nothing any more
    public boolean endOwn() {
        if (isDead(gatewayToken)) {
            return true;
        }
        try {
            var _ = end(gatewayToken, gatewayTokenId);
        } catch (HomeAssistantUnavailable cut) {
            // The token's own end closes the socket, perhaps before the answer has left.
            LOG.debug("event=own-token-asked reason=\"{}\"", cut.reason());
        }
        return isDead(gatewayToken);
    }

    private Ending endAll(HomeAssistantSocket socket) {
        if (tokens(socket).stream().anyMatch(this::isOurs)) {
            return endOneByOne(socket);
        }
        return switch (socket.call("auth/delete_all_refresh_tokens", Map.of())) {
            case Success _ -> new Ending.Ended();
            case Failure failure when failure.says("only_active_user") -> new Ending.NotAllowed();
            // Releases before 2024.1 have no such command; later ones may fail at a single token.
            case Failure _ -> endOneByOne(socket);
        };
    }

    /// The token that asks goes last: its end closes the socket.
    private Ending endOneByOne(HomeAssistantSocket socket) {
        Ending others = endOthers(socket, _ -> false);
        if (others instanceof Ending.Ended) {
            tokens(socket).stream()
                    .filter(token -> !isOurs(token))
                    .forEach(own -> delete(socket, own));
        }
        return others;
    }

    private boolean isOurs(JsonNode token) {
        return Json.text(token, "id").equals(gatewayTokenId);
    }

    private boolean isDead(Secret accessToken) {
        try (var socket = HomeAssistantSocket.open(transport, limits, ForwardedFor.NOBODY)) {
            return socket.authenticate(accessToken) instanceof Welcome.TokenInvalid;
        }
    }

    /// Ends every other refresh token of the user, and looks afterwards whether none is left.
    ///
    /// @param isSpared whether the token of this id may live on; asked after the token was seen
    public Ending endOthers(Secret accessToken, Predicate<String> isSpared) {
        try (var socket = HomeAssistantSocket.open(transport, limits, ForwardedFor.NOBODY)) {
            return socket.authenticate(accessToken) instanceof Welcome.TokenInvalid
                    ? new Ending.NotAllowed()
                    : endOthers(socket, isSpared);
        }
    }

    private Ending endOthers(HomeAssistantSocket socket, Predicate<String> isSpared) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            List<JsonNode> others =
                    tokens(socket).stream()
                            .filter(token -> !Json.flag(token, "is_current"))
                            .filter(token -> !isOurs(token))
                            .filter(token -> !isSpared.test(Json.text(token, "id")))
                            .toList();
            if (others.isEmpty()) {
                return new Ending.Ended();
            }
            others.forEach(token -> delete(socket, token));
        }
        throw new HomeAssistantUnavailable("A user of Home Assistant keeps having other tokens");
    }

    static List<JsonNode> tokens(HomeAssistantSocket socket) {
        return switch (socket.call("auth/refresh_tokens", Map.of())) {
            case Success(var list) -> list.valueStream().toList();
            case Failure failure ->
                    throw new HomeAssistantUnavailable(
                            "Home Assistant does not list a user's tokens: " + failure.code());
        };
    }

    /// A token that is gone already is as good as deleted.
    private static void delete(HomeAssistantSocket socket, JsonNode token) {
        var _ =
                socket.call(
                        "auth/delete_refresh_token",
                        Map.of("refresh_token_id", Json.text(token, "id")));
    }
}
