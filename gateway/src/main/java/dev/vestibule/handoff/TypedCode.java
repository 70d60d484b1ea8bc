package dev.vestibule.handoff;

import dev.vestibule.account.AccountId;
import dev.vestibule.admission.Proof;

/// What a code that was typed turned out to be.
sealed interface TypedCode {

    /// The right one: used up, and the hand-off with it.
    ///
    /// @param accountEpoch the person's when they proved who they are
    /// @param proof what they proved it with
    record Right(HandOff handOff, AccountId account, long accountEpoch, Proof proof)
            implements TypedCode {}

    /// Another one.
    ///
    /// @param triesLeft zero ended the hand-off
    record Wrong(HandOff handOff, int triesLeft) implements TypedCode {}

    /// Nobody holds a code now: nobody has proved who they are yet, or it was too long ago.
    ///
    /// @param triesLeft zero ended the hand-off
    record NoneGiven(HandOff handOff, int triesLeft) implements TypedCode {}

    /// There is no such hand-off in this browser, or none any more.
    record Over() implements TypedCode {}
}
