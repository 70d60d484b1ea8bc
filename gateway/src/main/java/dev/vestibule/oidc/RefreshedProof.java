package dev.vestibule.oidc;

import dev.vestibule.secret.Secret;

import java.util.Set;

/// What came of asking a provider whether a person is still welcome there.
public sealed interface RefreshedProof {

    /// Still welcome. The token replaces the one that was used, even where it is the same: store it
    /// before anything else is done.
    record StillValid(Secret refreshToken, GroupsToday groups) implements RefreshedProof {}

    /// The provider answered with a new token, and whether its answer can be believed is not known:
    /// its keys cannot be had now, or one of the two clocks is wrong. The token replaces the one
    /// that was used.
    ///
    /// @param reason a sentence for the operator
    record Unjudged(Secret refreshToken, String reason) implements RefreshedProof {}

    /// No usable answer came. The token that was used may be used up, or not.
    ///
    /// @param reason a sentence for the operator
    record Unanswered(String reason) implements RefreshedProof {}

    /// `invalid_grant`: the provider does not know the token any more. It expired, was used before,
    /// or was withdrawn.
    record Ended() implements RefreshedProof {}

    /// `invalid_grant`, and in words that the provider uses for nothing else that the person is
    /// disabled.
    record Disabled() implements RefreshedProof {}

    /// The answer is about somebody else, or its ID token cannot be believed: end the session.
    record Mismatch(RejectionReason reason, String detail) implements RefreshedProof {}

    /// The groups that the provider says the person has now.
    sealed interface GroupsToday {

        /// As at a sign-in; empty where the person has none.
        record Told(Set<String> groups) implements GroupsToday {
            public Told {
                groups = Set.copyOf(groups);
            }
        }

        /// Only UserInfo knows: [OpenIdProvider#groups] asks it.
        record AskUserInfo(Secret accessToken) implements GroupsToday {}

        /// Nothing was said, so nothing changes.
        record NotTold() implements GroupsToday {}

        /// UserInfo spoke of somebody else: end the session.
        record OfSomebodyElse(String detail) implements GroupsToday {}
    }
}
