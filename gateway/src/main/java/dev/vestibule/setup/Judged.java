package dev.vestibule.setup;

/// What an answer of the operator's is worth.
///
/// @param <T> what was read from it
public sealed interface Judged<T> {

    /// It can be used.
    record Fits<T>(T value) implements Judged<T> {}

    /// It cannot, and may be given anew.
    record Unfit<T>(SetupProblem problem) implements Judged<T> {}

    static <T> Judged<T> fits(T value) {
        return new Fits<>(value);
    }

    static <T> Judged<T> unfit(Flaw flaw) {
        return unfit(flaw, "");
    }

    /// @param detail what [Flaw] says where
    static <T> Judged<T> unfit(Flaw flaw, String detail) {
        return new Unfit<>(new SetupProblem(flaw, detail));
    }
}
