package dev.vestibule.handoff;

import dev.vestibule.secret.ShortCode;

/// What becomes of somebody who proved who they are for an app.
sealed interface Confirmation {

    /// They hold a code now, in place of an earlier one of theirs.
    record Made(ShortCode code) implements Confirmation {}

    /// Somebody else holds one that is good.
    record Taken() implements Confirmation {}

    /// The hand-off ran out meanwhile, or was finished.
    record Over() implements Confirmation {}
}
