package dev.vestibule.homeassistant;

import dev.vestibule.secret.Secret;

/// A code of Home Assistant's that a client redeems at `/auth/token`: bound to a client id, valid
/// once and for ten minutes, gone when Home Assistant restarts.
public record AuthorizationCode(Secret value) {}
