package dev.vestibule.oidc;

import dev.vestibule.secret.Secret;

/// Whether the provider can be asked later if this person is still welcome there.
public sealed interface LivenessProof {

    /// Yes, with this refresh token, which [OpenIdProvider#refresh] uses. Keep it sealed.
    ///
    /// @param providerId whose client it was given to; no other can use it
    /// @param isLasting false where it ends with the person's session at the provider, and one that
    ///   outlives that is to be had by [Prompt#SILENT]
    record Offered(String providerId, Secret refreshToken, boolean isLasting)
            implements LivenessProof {}

    /// Not yet, or not with this sign-in: a provider that has such tokens gave none.
    record Missing(String providerId) implements LivenessProof {}

    /// No: the provider has no refresh tokens for us, or is not to be asked.
    record NotOffered() implements LivenessProof {}
}
