package dev.vestibule.testhouse.home;

/// What the Cast receiver holds: a refresh token of a system user, which belongs to no client.
public record CastTokens(String userId, String accessToken, String refreshToken) {}
