package dev.vestibule.oidc;

import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;

import java.time.Instant;

/// What a back-channel logout token says (OIDC Back-Channel Logout section 2.6).
public sealed interface LogoutTokenResult {

    /// The provider wants this ended.
    ///
    /// @param tokenId the `jti`: the caller refuses one that it has seen, until `usableUntil`
    /// @param usableUntil after this instant the token is refused by its age, so a remembered `jti`
    ///   may be forgotten
    record Valid(LogoutTarget target, String tokenId, Instant usableUntil)
            implements LogoutTokenResult {}

    /// Not to be believed: answer 400 and change nothing.
    record Invalid(RejectionReason reason, String detail) implements LogoutTokenResult {}

    /// What to end.
    sealed interface LogoutTarget {
        /// One session at the provider, whoever it belongs to.
        record OneSession(Issuer issuer, String sid) implements LogoutTarget {}

        /// One session of one person; both must fit.
        record SessionOf(Subject subject, String sid) implements LogoutTarget {}

        /// Every session of one person that came from this provider.
        record EverySessionOf(Subject subject) implements LogoutTarget {}
    }
}
