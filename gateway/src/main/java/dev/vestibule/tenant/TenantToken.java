package dev.vestibule.tenant;

import java.time.Instant;
import java.util.Optional;

/// What is known of one token of a SCIM client; the token itself is known to nobody here.
///
/// @param number counts the client's tokens, from 1
/// @param lastUsedAt true to the minute
/// @param lastUsedFrom an address; empty where it was never used
public record TenantToken(
        int number, Instant createdAt, Optional<Instant> lastUsedAt, String lastUsedFrom) {}
