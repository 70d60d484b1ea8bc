package dev.vestibule.grant;

import dev.vestibule.config.HomeId;

import java.time.Instant;
import java.util.Optional;

/// A grant as lists show it.
///
/// @param accountId empty for a service
/// @param clientId empty where the token has none
/// @param from where somebody asked for it
/// @param isWaiting true while an administrator has not yet approved it
public record GrantSummary(
        GrantId id,
        HomeId home,
        String accountId,
        String clientId,
        GrantKind kind,
        boolean isWaiting,
        String name,
        AskedFrom from,
        Instant createdAt,
        Instant lastUsedAt,
        Optional<Instant> expiresAt) {}
