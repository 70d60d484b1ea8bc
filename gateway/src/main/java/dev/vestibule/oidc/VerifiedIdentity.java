package dev.vestibule.oidc;

import dev.vestibule.account.Subject;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A person for whom a provider vouched, and what it said about them.
///
/// Only [#subject()] recognises the person. All other texts are chosen by the person or the
/// provider's administrator: bounded in length and free of control characters, otherwise untrusted.
///
/// @param username what the person is called there; the subject's value where the provider says
///   nothing usable
/// @param displayName the name to show; the user name where the provider says nothing usable
/// @param picture an https address, or the empty text
/// @param email what the provider calls their address, or the empty text. Perhaps nobody proved it,
///   so that it is only shown: it recognises nobody and opens nothing
/// @param directoryKey what the person's directory calls them: the value of the claim by which
///   people whom a SCIM client sent are recognised; the empty text where the provider says nothing
///   usable
/// @param groups from one source only: the ID token if it has the claim, otherwise UserInfo; empty
///   where the claim is missing or unusable
/// @param authTime when the person proved who they are; [Instant#EPOCH] where that is not known, so
///   that an unknown time counts as long ago
/// @param providerSession the provider's own session, which a back-channel logout may name
/// @param acr the authentication context class, or the empty text
/// @param amr how the person proved it, such as `pwd` or `hwk`
/// @param claimRemarks what was left out of the claims and why, for the audit log
public record VerifiedIdentity(
        Subject subject,
        String username,
        String displayName,
        String picture,
        String email,
        String directoryKey,
        Set<String> groups,
        Instant authTime,
        ProviderSession providerSession,
        String acr,
        Set<String> amr,
        LivenessProof livenessProof,
        List<ClaimRemark> claimRemarks) {

    public VerifiedIdentity {
        groups = Set.copyOf(groups);
        amr = Set.copyOf(amr);
        claimRemarks = List.copyOf(claimRemarks);
    }

    /// The same person, in other groups.
    public VerifiedIdentity withGroups(Set<String> others) {
        return new VerifiedIdentity(
                subject,
                username,
                displayName,
                picture,
                email,
                directoryKey,
                others,
                authTime,
                providerSession,
                acr,
                amr,
                livenessProof,
                claimRemarks);
    }

    /// The session at the provider that this sign-in belongs to. A type of its own, so that two
    /// sign-ins without a `sid` are never taken for one session.
    public sealed interface ProviderSession {
        /// The provider named it.
        record Known(String sid) implements ProviderSession {}

        /// The provider names no sessions.
        record NotTold() implements ProviderSession {}
    }
}
