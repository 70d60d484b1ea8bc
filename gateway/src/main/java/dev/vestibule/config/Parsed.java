package dev.vestibule.config;

/// What a text turned out to mean.
sealed interface Parsed<T> {

    record Good<T>(T value) implements Parsed<T> {}

    /// @param sentence what is wrong with it and what to write instead
    record Bad<T>(String sentence) implements Parsed<T> {}
}
