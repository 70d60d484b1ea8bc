package dev.vestibule.firstrun;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Text;
import dev.vestibule.setup.Flaw;
import dev.vestibule.setup.SetupPreset;
import dev.vestibule.setup.SetupProblem;

import java.util.Locale;

/// The room `setup`'s words in the languages of our pages.
final class Sentences {

    private Sentences() {}

    static Text of(SetupProblem problem) {
        return text(keyOf(problem.flaw()), problem.detail());
    }

    static String keyOf(Flaw flaw) {
        return "first-run.flaw." + flaw.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @param index of the question among those of the product
    static Text question(SetupPreset preset, int index) {
        return text(keyOf(preset, index));
    }

    static String keyOf(SetupPreset preset, int index) {
        return "first-run.value." + preset.word() + "." + index;
    }
}
