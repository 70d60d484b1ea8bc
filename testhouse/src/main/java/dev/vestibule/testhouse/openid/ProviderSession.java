package dev.vestibule.testhouse.openid;

import java.time.Instant;

/// A browser that is signed in at the provider.
///
/// @param sid the name of the session in tokens; the cookie is another, secret value
record ProviderSession(String sid, String subject, Instant authTime) {}
