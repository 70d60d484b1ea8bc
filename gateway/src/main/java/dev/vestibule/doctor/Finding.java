package dev.vestibule.doctor;

/// What one look at a set-up showed. Sentences may hold text from outside; they name no secret.
public sealed interface Finding {

    /// Where it was found, such as a home or a provider.
    String where();

    /// As it should be.
    ///
    /// @param what in a few words
    record Fine(String where, String what) implements Finding {}

    /// It works, and deserves a thought.
    record Hint(Cause cause, String where, String what) implements Finding {}

    /// It does not work, or not safely.
    record Wrong(Cause cause, String where, String what) implements Finding {}
}
