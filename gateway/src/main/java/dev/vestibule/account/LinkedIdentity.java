package dev.vestibule.account;

import java.time.Instant;

/// One of the identities that an account signs in with.
///
/// @param linkedAt since when it is the account's
/// @param lastSeenAt when somebody signed in last with it
public record LinkedIdentity(Issuer issuer, Instant linkedAt, Instant lastSeenAt) {}
