package dev.vestibule.oidc;

import dev.vestibule.account.Issuer;

import java.net.URI;
import java.time.Instant;

/// What must be kept between leaving for the provider and coming back: bound to one browser, used
/// once, and only for a few minutes. The caller stores the state as a hash and seals the rest.
///
/// @param redirectUri exactly as it was sent, because the token endpoint compares it
/// @param issuer whose answer is awaited; an answer of another provider is refused (RFC 9207)
/// @param begunAt when the browser left; with [Prompt#FRESH_LOGIN] the person must have signed in
///   after it
public record PendingSignIn(
        State state,
        Nonce nonce,
        CodeVerifier codeVerifier,
        URI redirectUri,
        Issuer issuer,
        Prompt prompt,
        Instant begunAt) {}
