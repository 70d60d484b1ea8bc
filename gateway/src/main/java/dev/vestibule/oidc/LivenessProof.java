package dev.vestibule.oidc;

import dev.vestibule.secret.Secret;

/// Whether the provider can be asked later if this person is still welcome there.
public sealed interface LivenessProof {

    /// Yes, with this refresh token, which [OpenIdProvider#refresh] uses. Keep it sealed.
    record Offered(Secret refreshToken) implements LivenessProof {}

    /// No: the provider gave no refresh token.
    record NotOffered() implements LivenessProof {}
}
