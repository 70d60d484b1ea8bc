package dev.vestibule.oidc;

/// What came of a sign-in at a provider.
public sealed interface SignInResult {

    /// The provider vouches for this person, and every check held.
    record Verified(VerifiedIdentity identity) implements SignInResult {}

    /// The provider itself said no, for instance because the person pressed "cancel".
    ///
    /// @param errorCode the provider's code in lower-case letters, digits, `_`, `-` and `.`;
    ///   `unreadable` where it wrote anything else. Its description is not passed on
    record RefusedByProvider(String errorCode) implements SignInResult {}

    /// The answer is not one that we may believe. The person sees the same sentence for every
    /// reason.
    ///
    /// @param detail one line for the audit log, without tokens; text of the provider in it is
    ///   shortened and free of control characters
    record Rejected(RejectionReason reason, String detail) implements SignInResult {}
}
