package dev.vestibule.grant;

import dev.vestibule.config.HomeId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A row of `client_grant` before it is written.
///
/// @param from the person who asked for it
/// @param expiresAt null where it lives as long as it is used
record NewGrant(
        GrantId id,
        HomeId home,
        GrantKind kind,
        GrantOwner owner,
        @Nullable String sessionId,
        String clientId,
        String name,
        boolean isWaiting,
        AskedFrom from,
        @Nullable String outerHash,
        @Nullable String innerSealed,
        @Nullable Instant expiresAt) {}
