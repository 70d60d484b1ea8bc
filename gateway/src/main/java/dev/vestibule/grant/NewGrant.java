package dev.vestibule.grant;

import dev.vestibule.config.HomeId;

import org.jspecify.annotations.Nullable;

/// A row of `client_grant` before it is written.
record NewGrant(
        GrantId id,
        HomeId home,
        GrantKind kind,
        GrantOwner owner,
        @Nullable String sessionId,
        String clientId,
        String name,
        boolean isWaiting,
        @Nullable String outerHash,
        @Nullable String innerSealed) {}
