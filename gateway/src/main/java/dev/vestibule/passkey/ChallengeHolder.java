package dev.vestibule.passkey;

import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SessionId;

import java.util.Locale;

/// Whom a challenge was given to, and for what; nobody else can use it and for nothing else.
///
/// @param hash of what only that browser holds
record ChallengeHolder(Purpose purpose, TokenHash hash) {

    enum Purpose {
        ENROLMENT,
        SIGN_IN;

        String stored() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// A signed-in browser that adds a passkey.
    static ChallengeHolder enrolling(SessionId session) {
        return new ChallengeHolder(Purpose.ENROLMENT, TokenHash.of(session.value()));
    }

    /// A browser before it has a session.
    ///
    /// @param browser the hash of its pre-login cookie
    static ChallengeHolder signingIn(TokenHash browser) {
        return new ChallengeHolder(Purpose.SIGN_IN, browser);
    }
}
