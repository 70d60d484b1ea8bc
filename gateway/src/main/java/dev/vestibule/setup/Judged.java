package dev.vestibule.setup;

import dev.vestibule.config.TextLine;

/// What an answer of the operator's is worth.
///
/// @param <T> what was read from it
public sealed interface Judged<T> {

    /// It can be used.
    record Fits<T>(T value) implements Judged<T> {}

    /// It cannot, and may be given anew.
    record Unfit<T>(SetupProblem problem) implements Judged<T> {}

    /// A text of one line, as the configuration takes it.
    static Judged<String> text(String answer) {
        String text = answer.strip();
        return TextLine.faultOf(text).map(Judged::<String>unfit).orElseGet(() -> Judged.fits(text));
    }

    private static <T> Judged<T> unfit(TextLine.Fault fault) {
        return switch (fault) {
            case EMPTY -> unfit(Flaw.ANSWER_MISSING);
            case TOO_LONG -> unfit(Flaw.TEXT_TOO_LONG, Integer.toString(TextLine.LENGTH_MAX));
            case CONTROL_CHARACTER -> unfit(Flaw.CONTROL_CHARACTER);
        };
    }

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
