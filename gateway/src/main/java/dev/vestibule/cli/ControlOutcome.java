package dev.vestibule.cli;

import dev.vestibule.secret.Secret;

/// What came of a command to a running gateway.
public sealed interface ControlOutcome {

    /// It was done. The sentence says what.
    record Done(String sentence) implements ControlOutcome {}

    /// It was done, and made a token that nobody can be told again. The sentence says of what.
    record NewToken(Secret token, String sentence) implements ControlOutcome {}

    /// Nothing was changed. The sentence says why, and what to do.
    record Refused(String sentence) implements ControlOutcome {}
}
