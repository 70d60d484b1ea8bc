package dev.vestibule.cli;

/// What an answer of the operator turned out to be.
sealed interface Reply<T> {

    record Good<T>(T value) implements Reply<T> {}

    /// @param sentence what is wrong and what to write instead
    record Bad<T>(String sentence) implements Reply<T> {}
}
