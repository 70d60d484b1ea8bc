package dev.vestibule.admission;

import dev.vestibule.session.SessionId;

import java.time.Instant;
import java.util.Optional;

/// A code that was taken out of its store.
///
/// @param session the session that it was made in; empty where what it became outlives every
///   session
/// @param address from where it was shown first
public record Redeemed(
        ClientRequest client, Optional<SessionId> session, String address, Instant redeemedAt) {}
