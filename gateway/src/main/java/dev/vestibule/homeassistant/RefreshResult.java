package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.secret.Secret;

import java.time.Duration;
import java.util.Map;

/// What became of asking for a new access token. Home Assistant's refresh tokens do not rotate.
public sealed interface RefreshResult {

    record AccessToken(Secret value, Duration expiresIn, Map<String, JsonNode> extra)
            implements RefreshResult {

        public AccessToken {
            extra = Map.copyOf(extra);
        }
    }

    /// Home Assistant knows no such refresh token, or no longer.
    record InvalidGrant() implements RefreshResult {}

    /// The refresh token exists, and yet: `invalid_request` (400: it belongs to another client, or
    /// to none) or `access_denied` (403: the user is inactive, or local only and far away).
    record Refused(int status, String error) implements RefreshResult {}
}
