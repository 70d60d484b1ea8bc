package dev.vestibule.oidc;

import dev.vestibule.secret.Secret;

/// The secret half of PKCE (RFC 7636 section 4.1). Only its hash leaves at the beginning, so a code
/// that somebody caught on its way cannot be redeemed. Keep it sealed.
public record CodeVerifier(Secret value) {}
