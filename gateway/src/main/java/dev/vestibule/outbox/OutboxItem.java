package dev.vestibule.outbox;

import dev.vestibule.config.HomeId;

import java.time.Instant;

/// One thing that a Home Assistant has still to be told.
///
/// @param id a UUID (version 7)
/// @param accountId whose it is; empty text for a token that belongs to no account
/// @param attempts how often it was tried
/// @param wishedAt when it was decided here
/// @param request the number of the request that it came of; empty text for none
public record OutboxItem(
        String id,
        HomeId home,
        String accountId,
        int attempts,
        Instant wishedAt,
        String request,
        OutboxTask task) {}
