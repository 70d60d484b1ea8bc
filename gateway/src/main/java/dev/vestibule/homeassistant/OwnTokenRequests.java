package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.homeassistant.CommandResult.Failure;
import dev.vestibule.homeassistant.CommandResult.Success;
import dev.vestibule.homeassistant.HomeAssistantSocket.Welcome;
import dev.vestibule.secret.Secret;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What users ask about their own tokens, asked in their place: Home Assistant judges the request
/// and answers as it would answer them. Safe to share between threads; every method waits, and
/// throws [HomeAssistantUnavailable] for an outage. What was asked may then have been done or not.
///
/// [PersonalTokens] ends tokens because the gateway wants it, this class because their user does.
public final class OwnTokenRequests {

    private final Transport transport;
    private final TransportLimits limits;

    OwnTokenRequests(Transport transport, TransportLimits limits) {
        this.transport = transport;
        this.limits = limits;
    }

    /// What Home Assistant made of a request.
    public sealed interface Outcome {

        /// A long-lived token was made.
        record Made(Secret token) implements Outcome {}

        /// Tokens were ended, or are no more.
        ///
        /// @param tokenIds Home Assistant's ids of them; that of the token that asked may live on
        ///   for a few seconds
        /// @param answer what Home Assistant says to the user
        record Ended(Set<String> tokenIds, Answer answer) implements Outcome {

            public Ended {
                tokenIds = Set.copyOf(tokenIds);
            }
        }

        record Refused(Answer.Failure error) implements Outcome {}

        /// Nobody can act as the user with this token.
        record NotAllowed() implements Outcome {}
    }

    /// What Home Assistant says to the user.
    public sealed interface Answer {

        record Result(JsonNode value) implements Answer {}

        record Failure(String code, String message) implements Answer {}
    }

    /// `auth/long_lived_access_token`.
    ///
    /// @param request its members, but for `id` and `type`
    public Outcome make(Secret accessToken, Map<String, JsonNode> request) {
        return asUser(
                accessToken,
                socket ->
                        switch (socket.call("auth/long_lived_access_token", request)) {
                            case Success(var token) when token.isTextual() ->
                                    new Outcome.Made(new Secret(token.textValue()));
                            case Success _ ->
                                    throw new HomeAssistantUnavailable(
                                            "Home Assistant made a token that is no text");
                            case Failure failure -> new Outcome.Refused(error(failure));
                        });
    }

    /// `auth/delete_refresh_token`.
    ///
    /// @param request its members, but for `id` and `type`
    public Outcome end(Secret accessToken, Map<String, JsonNode> request) {
        JsonNode named = request.get("refresh_token_id");
        Set<String> tokenId =
                named != null && named.isTextual() ? Set.of(named.textValue()) : Set.of();
        try {
            return asUser(
                    accessToken,
                    socket ->
                            switch (socket.call("auth/delete_refresh_token", request)) {
                                case Success(var value) ->
                                        new Outcome.Ended(tokenId, new Answer.Result(value));
                                // It was the user's once, perhaps: it is not now.
                                case Failure failure when failure.says("invalid_token_id") ->
                                        new Outcome.Ended(tokenId, error(failure));
                                case Failure failure -> new Outcome.Refused(error(failure));
                            });
        } catch (HomeAssistantUnavailable cut) {
            // The end of the token that asks closes the socket before the answer has left.
            if (tokenId.equals(issuer(accessToken)) && isDead(accessToken)) {
                return new Outcome.Ended(
                        tokenId, new Answer.Result(Json.MAPPER.createObjectNode()));
            }
            throw cut;
        }
    }

    private static Set<String> issuer(Secret accessToken) {
        return AccessTokenClaims.issuerOf(accessToken.reveal()).map(Set::of).orElse(Set.of());
    }

    private boolean isDead(Secret accessToken) {
        try (var socket = HomeAssistantSocket.open(transport, limits, ForwardedFor.NOBODY)) {
            return socket.authenticate(accessToken) instanceof Welcome.TokenInvalid;
        }
    }

    /// `auth/delete_all_refresh_tokens`. What it has ended is told by comparing the user's tokens
    /// before and after; the token that asks is counted as ended where it was meant.
    ///
    /// @param request its members, but for `id` and `type`
    public Outcome endAll(Secret accessToken, Map<String, JsonNode> request) {
        return asUser(accessToken, socket -> endAll(socket, request));
    }

    private static Outcome endAll(HomeAssistantSocket socket, Map<String, JsonNode> request) {
        Map<String, JsonNode> before = tokens(socket);
        return switch (socket.call("auth/delete_all_refresh_tokens", request)) {
            case Success(var value) -> {
                Set<String> meant =
                        before.values().stream()
                                .filter(token -> isMeant(token, request))
                                .map(token -> Json.text(token, "id"))
                                .collect(Collectors.toSet());
                yield new Outcome.Ended(meant, new Answer.Result(value));
            }
            // Some may have gone before one could not be ended.
            case Failure failure -> {
                Set<String> gone = new HashSet<>(before.keySet());
                gone.removeAll(tokens(socket).keySet());
                yield gone.isEmpty()
                        ? new Outcome.Refused(error(failure))
                        : new Outcome.Ended(gone, error(failure));
            }
        };
    }

    private static boolean isMeant(JsonNode token, Map<String, JsonNode> request) {
        JsonNode type = request.get("token_type");
        JsonNode isOwnMeant = request.get("delete_current_token");
        return (type == null || type.asText().equals(Json.text(token, "type")))
                && (isOwnMeant == null
                        || isOwnMeant.asBoolean()
                        || !Json.flag(token, "is_current"));
    }

    private static Map<String, JsonNode> tokens(HomeAssistantSocket socket) {
        return PersonalTokens.tokens(socket).stream()
                .collect(
                        Collectors.toMap(
                                token -> Json.text(token, "id"),
                                Function.identity(),
                                (first, _) -> first));
    }

    private Outcome asUser(Secret accessToken, Function<HomeAssistantSocket, Outcome> request) {
        try (var socket = HomeAssistantSocket.open(transport, limits, ForwardedFor.NOBODY)) {
            return socket.authenticate(accessToken) instanceof Welcome.TokenInvalid
                    ? new Outcome.NotAllowed()
                    : request.apply(socket);
        }
    }

    private static Answer.Failure error(CommandResult.Failure failure) {
        return new Answer.Failure(failure.code(), failure.message());
    }
}
