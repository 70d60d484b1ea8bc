package dev.vestibule.firstrun;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.ChoiceField;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Option;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Text;
import dev.vestibule.setup.Judged;
import dev.vestibule.setup.SetupPreset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Which product knows the people: one button for each.
record ProductQuestion(Answers answers) implements Question {

    private static final String FIELD = "preset";

    @Override
    public boolean isAnswered() {
        return answers.preset().isPresent();
    }

    @Override
    public List<Part> parts(Problems problems, List<Hidden> form) {
        List<Option> options =
                Arrays.stream(SetupPreset.values())
                        .map(preset -> new Option(preset.word(), name(preset)))
                        .toList();
        return Stream.concat(
                        problems.ofAll().stream(),
                        Stream.of(
                                new Paragraph(text("first-run.provider.text")),
                                new Form(
                                        Step.PRODUCT.path(),
                                        form,
                                        new ChoiceField(FIELD, List.of(), options),
                                        Text.nothing())))
                .toList();
    }

    private static Text name(SetupPreset preset) {
        return preset == SetupPreset.GENERIC
                ? text("first-run.provider.generic")
                : Text.verbatim(preset.product());
    }

    @Override
    public Problems take(Typed typed) {
        return switch (SetupPreset.judge(typed.text(FIELD))) {
            case Judged.Fits<SetupPreset>(var preset) -> {
                answers.preset(preset);
                yield Problems.NONE;
            }
            case Judged.Unfit<SetupPreset>(var problem) -> Problems.ofAll(problem);
        };
    }
}
