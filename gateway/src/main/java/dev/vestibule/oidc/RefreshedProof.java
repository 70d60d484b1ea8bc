package dev.vestibule.oidc;

import dev.vestibule.secret.Secret;

/// What a provider says when asked whether a person is still welcome there.
public sealed interface RefreshedProof {

    /// Still welcome. The token replaces the one that was used, even where it is the same.
    record StillValid(Secret refreshToken) implements RefreshedProof {}

    /// The provider does not know the token any more: expired, used before, or withdrawn.
    record Ended() implements RefreshedProof {}

    /// The answer is about somebody else, or its ID token cannot be believed: end the session.
    record Mismatch(RejectionReason reason, String detail) implements RefreshedProof {}
}
