package dev.vestibule.login;

import dev.vestibule.session.SessionId;

import java.time.Instant;

/// A code that was taken out of its store.
///
/// @param session the session that it was made in
/// @param address from where it was shown first
record Redeemed(ClientRequest client, SessionId session, String address, Instant redeemedAt) {}
