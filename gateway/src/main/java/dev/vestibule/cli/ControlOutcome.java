package dev.vestibule.cli;

/// What came of a command to a running gateway.
public sealed interface ControlOutcome {

    /// It was done. The sentence says what.
    record Done(String sentence) implements ControlOutcome {}

    /// Nothing was changed. The sentence says why, and what to do.
    record Refused(String sentence) implements ControlOutcome {}
}
