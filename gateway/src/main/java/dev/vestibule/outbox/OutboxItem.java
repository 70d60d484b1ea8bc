package dev.vestibule.outbox;

import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Secret;

/// One thing that a Home Assistant has still to be told.
///
/// @param id a UUID (version 7): earlier items sort first
/// @param attempts how often it was tried
/// @param refreshToken Home Assistant's refresh token that is to be revoked
public record OutboxItem(String id, HomeId home, int attempts, Secret refreshToken) {}
