package dev.vestibule.outbox;

import dev.vestibule.secret.Secret;

/// A refresh token of Home Assistant's that the gateway held for a person's client.
///
/// @param clientId the client it was made for, which must be named to use it; empty for none
public record HeldToken(Secret refreshToken, String clientId) {}
