package dev.vestibule.webhook;

import dev.vestibule.config.HomeId;

import java.time.Instant;
import java.util.Optional;

/// The webhook of a phone, as lists show it.
///
/// @param key by which it is found at its home: the hash of its id, which opens nothing
/// @param accountId whose phone it is; empty text where that is not known yet
/// @param openUntil when it closes unless a phone claims it; empty where it is somebody's
/// @param isClosed whether it is closed for good
public record WebhookLine(
        HomeId home,
        String key,
        String accountId,
        String name,
        Optional<Instant> openUntil,
        boolean isClosed,
        Instant createdAt) {}
