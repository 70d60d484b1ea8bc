package dev.vestibule.firstrun;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.AnswerField;
import dev.vestibule.http.Page.Part.Fact;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Option;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.SelectField;
import dev.vestibule.http.Text;
import dev.vestibule.setup.Judged;
import dev.vestibule.setup.RoleAnswers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Which groups give which role.
record RolesQuestion(Answers answers) implements Question {

    private static final String ADMIN = "admin";
    private static final String USER = "user";
    private static final String OTHERWISE = "otherwise";

    @Override
    public boolean isAnswered() {
        return answers.roles().isPresent();
    }

    @Override
    public List<Part> parts(Problems problems, List<Hidden> form) {
        List<Part> parts = new ArrayList<>(problems.ofAll());
        parts.add(new Paragraph(text("first-run.roles.text")));
        answers.person()
                .filter(person -> !person.groups().isEmpty())
                .ifPresent(
                        person ->
                                parts.add(
                                        new Fact(
                                                text(
                                                        "first-run.roles.groups-of",
                                                        person.displayName()),
                                                Text.verbatim(TrialQuestion.groups(person)))));
        parts.add(
                new Form(
                        Step.ROLES.path(),
                        form,
                        List.of(
                                groups(ADMIN, problems),
                                groups(USER, problems),
                                new SelectField(
                                        OTHERWISE,
                                        text("first-run.roles.otherwise"),
                                        options(),
                                        answers.typed.text(OTHERWISE, RoleAnswers.REFUSE))),
                        text("first-run.next")));
        return parts;
    }

    private AnswerField groups(String name, Problems problems) {
        return new AnswerField(
                name,
                text("first-run.roles." + name),
                answers.typed.text(name, ""),
                text("first-run.roles.help"),
                problems.of(name),
                false);
    }

    private static List<Option> options() {
        return Stream.concat(
                        Stream.of(new Option(RoleAnswers.REFUSE, text("first-run.roles.refuse"))),
                        Arrays.stream(Role.values())
                                .map(role -> new Option(word(role), name(role))))
                .toList();
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    static Text name(Role role) {
        return text("first-run.role." + word(role));
    }

    @Override
    public Problems take(Typed typed) {
        Map<String, Text> wrong = new HashMap<>();
        Set<String> admin = names(ADMIN, typed, wrong);
        Set<String> user = names(USER, typed, wrong);
        String otherwise = typed.text(OTHERWISE);
        return wrong.isEmpty() ? judge(admin, user, otherwise) : new Problems(wrong);
    }

    private static Set<String> names(String field, Typed typed, Map<String, Text> wrong) {
        return switch (RoleAnswers.groups(typed.text(field))) {
            case Judged.Fits<Set<String>>(var names) -> names;
            case Judged.Unfit<Set<String>>(var problem) -> {
                wrong.put(field, Sentences.of(problem));
                yield Set.of();
            }
        };
    }

    private Problems judge(Set<String> admin, Set<String> user, String otherwise) {
        return switch (RoleAnswers.judge(admin, user, otherwise)) {
            case Judged.Fits<RolesConfig>(var roles) -> {
                answers.roles(roles);
                yield Problems.NONE;
            }
            case Judged.Unfit<RolesConfig>(var problem) -> Problems.ofAll(problem);
        };
    }
}
