package dev.vestibule.firstrun;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.AnswerField;
import dev.vestibule.http.Page.Part.Field;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Text;
import dev.vestibule.setup.Judged;
import dev.vestibule.setup.PresetValue;
import dev.vestibule.setup.ProviderChoice;
import dev.vestibule.setup.ProviderProbe;
import dev.vestibule.setup.SetupPreset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The two or three values by which a provider is known, and its discovery document at once.
record IssuerQuestion(Answers answers, ProviderProbe probe) implements Question {

    @Override
    public boolean isAnswered() {
        return answers.choice().isPresent();
    }

    @Override
    public List<Part> parts(Problems problems, List<Hidden> form) {
        SetupPreset preset = answers.preset().orElseThrow();
        List<Field> fields = new ArrayList<>();
        List<PresetValue> questions = preset.questions();
        for (int i = 0; i < questions.size(); i++) {
            fields.add(field(preset, i, questions.get(i), problems));
        }
        String id = idField(preset);
        fields.add(
                new AnswerField(
                        id,
                        text("first-run.issuer.id"),
                        answers.typed.text(id, preset.id()),
                        text("first-run.issuer.id-help"),
                        problems.of(id),
                        true));
        List<Part> parts = new ArrayList<>(problems.ofAll());
        parts.add(
                new Paragraph(
                        preset == SetupPreset.GENERIC
                                ? text("first-run.issuer.generic")
                                : text("first-run.issuer.text", preset.product())));
        parts.add(new Form(Step.ISSUER.path(), form, fields, text("first-run.issuer.submit")));
        return parts;
    }

    /// What is asked of one product is not what is asked of another.
    private static String idField(SetupPreset preset) {
        return preset.word() + "-id";
    }

    private static String field(SetupPreset preset, int index) {
        return preset.word() + "-" + index;
    }

    private AnswerField field(SetupPreset preset, int index, PresetValue value, Problems problems) {
        String name = field(preset, index);
        return new AnswerField(
                name,
                Sentences.question(preset, index),
                answers.typed.text(name, value.fallback()),
                text("first-run.example", value.example()),
                problems.of(name),
                value.fallback().isEmpty());
    }

    @Override
    public Problems take(Typed typed) {
        SetupPreset preset = answers.preset().orElseThrow();
        Map<String, Text> wrong = new HashMap<>();
        List<String> values =
                IntStream.range(0, preset.questions().size())
                        .mapToObj(i -> value(preset, i, typed, wrong))
                        .toList();
        String id =
                orWrong(
                        idField(preset),
                        ProviderChoice.judgeId(typed.text(idField(preset))),
                        wrong);
        return wrong.isEmpty() ? probe(preset, id, values) : new Problems(wrong);
    }

    private static String value(
            SetupPreset preset, int index, Typed typed, Map<String, Text> wrong) {
        String name = field(preset, index);
        return orWrong(name, preset.questions().get(index).judge(typed.text(name)), wrong);
    }

    private static String orWrong(String field, Judged<String> judged, Map<String, Text> wrong) {
        return switch (judged) {
            case Judged.Fits<String>(var value) -> value;
            case Judged.Unfit<String>(var problem) -> {
                wrong.put(field, Sentences.of(problem));
                yield "";
            }
        };
    }

    private Problems probe(SetupPreset preset, String id, List<String> values) {
        ProviderChoice choice =
                new ProviderChoice(
                        answers.publicUrl().orElseThrow(), preset, id, preset.issuer(values));
        return switch (probe.judge(choice)) {
            case Judged.Fits<ProviderChoice>(var probed) -> {
                answers.choice(probed, preset.clientId(values));
                yield Problems.NONE;
            }
            case Judged.Unfit<ProviderChoice>(var problem) -> Problems.ofAll(problem);
        };
    }
}
