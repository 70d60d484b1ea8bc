package dev.vestibule.testhouse.home;

/// What one sign-in gave.
///
/// @param refreshTokenId the id that access tokens name as their `iss`
public record Tokens(String accessToken, String refreshToken, String refreshTokenId) {}
