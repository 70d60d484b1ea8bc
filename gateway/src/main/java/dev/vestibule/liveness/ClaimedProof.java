package dev.vestibule.liveness;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Subject;

/// A proof that one question is being asked about; nobody else asks meanwhile.
///
/// @param claim names this question: what came of it is stored only while it stands
/// @param tokenSealed the refresh token, as [LivenessProofs#open] opens it
/// @param isDoubtful whether the token may have been used up by an earlier question, so that its
///   refusal says nothing about the person
record ClaimedProof(
        Subject person, AccountId account, String claim, String tokenSealed, boolean isDoubtful) {}
