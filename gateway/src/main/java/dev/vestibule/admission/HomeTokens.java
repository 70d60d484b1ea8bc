package dev.vestibule.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.homeassistant.RedeemResult;
import dev.vestibule.secret.Secret;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// What Home Assistant gave when a person proved their own login there, and nobody has yet. Whoever
/// holds it hands it on, or has it ended.
///
/// @param accessExpiresAt when the access token runs out
/// @param extra further members of Home Assistant's answer
public record HomeTokens(
        Secret accessToken,
        Secret refreshToken,
        Instant accessExpiresAt,
        Map<String, JsonNode> extra) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public HomeTokens {
        extra = Map.copyOf(extra);
    }

    /// As Home Assistant's answer of now.
    public static HomeTokens of(RedeemResult.Tokens tokens, Instant now) {
        return new HomeTokens(
                tokens.accessToken(),
                tokens.refreshToken(),
                now.plus(tokens.expiresIn()),
                tokens.extra());
    }

    /// As an answer of Home Assistant that comes now.
    public RedeemResult.Tokens asAnswer(Instant now) {
        Duration left = Duration.between(now, accessExpiresAt);
        return new RedeemResult.Tokens(
                accessToken, refreshToken, left.isNegative() ? Duration.ZERO : left, extra);
    }

    /// As it is sealed in the store.
    Secret stored() {
        ObjectNode node =
                JSON.createObjectNode()
                        .put("access", accessToken.reveal())
                        .put("refresh", refreshToken.reveal())
                        .put("expires", accessExpiresAt.toEpochMilli());
        node.set("extra", JSON.valueToTree(extra));
        return new Secret(node.toString());
    }

    /// @throws IllegalStateException where it is not what [#stored()] wrote
    static HomeTokens of(Secret stored) {
        try {
            JsonNode node = JSON.readTree(stored.reveal());
            return new HomeTokens(
                    new Secret(node.path("access").asText()),
                    new Secret(node.path("refresh").asText()),
                    Instant.ofEpochMilli(node.path("expires").asLong()),
                    JSON.convertValue(
                            node.path("extra"), new TypeReference<Map<String, JsonNode>>() {}));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("sealed tokens cannot be read", broken);
        }
    }
}
