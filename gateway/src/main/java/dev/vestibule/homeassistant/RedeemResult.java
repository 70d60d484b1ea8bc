package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.secret.Secret;

import java.time.Duration;
import java.util.Map;

/// What became of redeeming an authorization code.
public sealed interface RedeemResult {

    /// @param extra further members of the answer, such as `ha_auth_provider`
    record Tokens(
            Secret accessToken,
            Secret refreshToken,
            Duration expiresIn,
            Map<String, JsonNode> extra)
            implements RedeemResult {

        public Tokens {
            extra = Map.copyOf(extra);
        }
    }

    /// @param error such as `invalid_request` (400: unknown, used or expired code, other client) or
    ///   `access_denied` (403: the user is inactive, or local only and far away)
    record Refused(int status, String error) implements RedeemResult {}
}
