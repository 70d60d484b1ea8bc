package dev.vestibule.grant;

import dev.vestibule.secret.Secret;

import java.time.Instant;

/// What Home Assistant gave for an authorization code.
///
/// @param tokenId Home Assistant's id of the refresh token: the `iss` of every access token from it
public record UpstreamTokens(
        Secret accessToken, Secret refreshToken, String tokenId, Instant expiresAt) {}
