package dev.vestibule.cli;

import dev.vestibule.setup.Judged;

/// What an answer of the operator turned out to be.
sealed interface Reply<T> {

    static <T> Reply<T> of(Judged<T> judged) {
        return switch (judged) {
            case Judged.Fits<T>(var value) -> new Good<>(value);
            case Judged.Unfit<T>(var problem) -> new Bad<>(problem.sentence());
        };
    }

    record Good<T>(T value) implements Reply<T> {}

    /// @param sentence what is wrong and what to write instead
    record Bad<T>(String sentence) implements Reply<T> {}
}
