package dev.vestibule.oidc;

import dev.vestibule.secret.Secret;

/// The value that comes back inside the signed ID token and ties it to this sign-in, so that a
/// token issued for another one is worth nothing here (OIDC Core section 15.5.2).
public record Nonce(Secret value) {}
