package dev.vestibule.firstrun;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.Origin;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.AnswerField;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.setup.Judged;
import dev.vestibule.setup.SetupAddresses;

import java.util.List;

/// The questions that have one address for an answer.
final class AddressQuestions {

    private AddressQuestions() {}

    /// Where Home Assistant is, which is looked at at once.
    record OfHomeAssistant(Answers answers) implements Question {

        private static final String FIELD = "home-assistant";

        @Override
        public boolean isAnswered() {
            return answers.homeAssistant().isPresent();
        }

        @Override
        public List<Part> parts(Problems problems, List<Hidden> form) {
            return oneField(
                    Step.HOME_ASSISTANT,
                    field(answers, FIELD, "http://homeassistant.local:8123", problems),
                    form);
        }

        @Override
        public Problems take(Typed typed) {
            return switch (SetupAddresses.homeAssistant(typed.text(FIELD))) {
                case Judged.Fits<Origin>(var origin) -> {
                    answers.homeAssistant(origin);
                    yield Problems.NONE;
                }
                case Judged.Unfit<Origin>(var problem) -> Problems.of(FIELD, problem);
            };
        }
    }

    /// Where people will come.
    record OfTheGateway(Answers answers) implements Question {

        private static final String FIELD = "public-url";

        @Override
        public boolean isAnswered() {
            return answers.publicUrl().isPresent();
        }

        @Override
        public List<Part> parts(Problems problems, List<Hidden> form) {
            return oneField(Step.PUBLIC_URL, field(answers, FIELD, "", problems), form);
        }

        @Override
        public Problems take(Typed typed) {
            Origin homeAssistant = answers.homeAssistant().orElseThrow();
            return switch (SetupAddresses.publicUrl(typed.text(FIELD), homeAssistant)) {
                case Judged.Fits<Origin>(var origin) -> {
                    answers.publicUrl(origin);
                    yield Problems.NONE;
                }
                case Judged.Unfit<Origin>(var problem) -> Problems.of(FIELD, problem);
            };
        }
    }

    private static AnswerField field(
            Answers answers, String name, String first, Problems problems) {
        return new AnswerField(
                name,
                text("first-run." + name + ".label"),
                answers.typed.text(name, first),
                text("first-run." + name + ".help"),
                problems.of(name),
                true);
    }

    private static List<Part> oneField(Step step, AnswerField field, List<Hidden> form) {
        return List.of(
                new Paragraph(text("first-run." + step.word() + ".text")),
                new Form(step.path(), form, field, text("first-run.next")));
    }
}
