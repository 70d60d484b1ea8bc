package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.config.FreshSignIn;

import java.time.Instant;

/// When a person proved who they are, as far as their provider lets us know.
final class AuthTime {

    private AuthTime() {}

    /// `auth_time` where the ID token has it. Where it has none, and the provider is known for
    /// that, the answer to a request for a fresh sign-in: it is bound to that request by its nonce
    /// and was taken once.
    ///
    /// Attack: an answer to a request that asked nobody anything is no proof, however new it is; a
    /// person signed in at the provider gets one without a question.
    ///
    /// Attack: a time ahead of ours, from a provider whose clock or time zone is wrong, would be
    /// recent for as long as it is ahead.
    ///
    /// @param idToken verified claims
    /// @param prompt what the person was asked
    /// @return [Instant#EPOCH] where it is not known, or ahead by more than clocks differ, so that
    ///   such a time counts as long ago
    static Instant of(FreshSignIn proof, ObjectNode idToken, Prompt prompt, Instant now) {
        boolean isAnswer =
                prompt == Prompt.FRESH_LOGIN
                        && switch (proof) {
                            case AUTH_TIME -> false;
                            case PROMPT_LOGIN, SELECT_ACCOUNT -> !idToken.has("auth_time");
                        };
        return TokenClaims.instant(idToken, isAnswer ? "iat" : "auth_time")
                .filter(time -> !time.isAfter(now.plus(TokenClaims.SKEW)))
                .orElse(Instant.EPOCH);
    }
}
