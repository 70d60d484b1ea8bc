package dev.vestibule.admission;

import dev.vestibule.oidc.Prompt;

/// What a browser wants: to be somewhere as somebody.
///
/// @param prompt [Prompt#SELECT_ACCOUNT] where the person wants to be somebody else than now
public record SignInWish(Destination destination, Prompt prompt) {

    /// Attack: somebody who is signed in opens a link that was sent to them, and lets a stranger's
    /// app in without having proved anything.
    public SignInWish {
        if (destination instanceof Destination.HandOff && prompt != Prompt.FRESH_LOGIN) {
            throw new IllegalStateException("a hand-off needs a fresh sign-in");
        }
    }
}
