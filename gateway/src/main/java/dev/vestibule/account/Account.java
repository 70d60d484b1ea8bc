package dev.vestibule.account;

import java.time.Instant;

/// A person as the gateway knows them.
///
/// @param username the name the provider gives for signing in; for people to read, never a key
/// @param displayName what pages and Home Assistant show
/// @param epoch rises whenever the person's access ends; what was begun in an older epoch is void
public record Account(
        AccountId id,
        String username,
        String displayName,
        AccountOrigin origin,
        AccountState state,
        long epoch,
        Instant lastSeenAt) {

    static final long FIRST_EPOCH = 1;

    public boolean isActive() {
        return state == AccountState.ACTIVE;
    }

    /// False once the person was removed for good.
    public boolean isHere() {
        return state != AccountState.REMOVED;
    }
}
