package dev.vestibule.grant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.secret.Secret;

import java.time.Duration;
import java.util.Map;

/// An access token that Home Assistant has just given.
///
/// @param extra further members of its answer, to be passed on
public record FreshAccessToken(Secret value, Duration expiresIn, Map<String, JsonNode> extra) {

    public FreshAccessToken {
        extra = Map.copyOf(extra);
    }
}
