package dev.vestibule.firstrun;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.http.Language;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.AnswerField;
import dev.vestibule.http.Page.Part.Fact;
import dev.vestibule.http.Page.Part.Field;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Listing;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.SecretField;
import dev.vestibule.http.Text;
import dev.vestibule.oidc.OpenIdProviderMisconfigured;
import dev.vestibule.secret.Secrets;
import dev.vestibule.setup.Flaw;
import dev.vestibule.setup.Judged;
import dev.vestibule.setup.ProviderChoice;
import dev.vestibule.setup.Registration;
import dev.vestibule.setup.Registration.Entry;
import dev.vestibule.setup.SetupProblem;
import dev.vestibule.setup.TrialSignIn;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What to enter at the provider, in its own words, and what it calls us then.
record ClientQuestion(InstantSource time, Secrets secrets, Answers answers) implements Question {

    private static final String ID = "client-id";
    private static final String SECRET = "client-secret";
    private static final String NAME = "button";

    @Override
    public boolean isAnswered() {
        return answers.provider().isPresent();
    }

    @Override
    public List<Part> parts(Problems problems, List<Hidden> form) {
        ProviderChoice choice = answers.choice().orElseThrow();
        Registration registration = Registration.of(choice);
        List<Part> parts = new ArrayList<>(problems.ofAll());
        parts.add(new Paragraph(text("first-run.client.text", choice.preset().product())));
        parts.add(new Fact(text("first-run.client.where"), registration.where()));
        registration.entries().forEach(entry -> parts.add(fact(entry)));
        if (!registration.block().isEmpty()) {
            parts.add(
                    new Listing(
                            text("first-run.client.block"),
                            String.join("\n", registration.block())));
        }
        registration.notes().forEach(note -> parts.add(new Quiet(note)));
        parts.addAll(otherFacts(registration, choice));
        parts.add(new Heading(text("first-run.client.then")));
        parts.add(new Form(Step.CLIENT.path(), form, fields(problems), text("first-run.next")));
        return parts;
    }

    /// What the product has no word of its own for.
    private static List<Part> otherFacts(Registration registration, ProviderChoice choice) {
        List<String> said = registration.lines();
        List<Part> facts =
                Registration.facts(choice).stream()
                        .filter(entry -> said.stream().noneMatch(line -> says(line, entry)))
                        .<Part>map(ClientQuestion::fact)
                        .toList();
        return facts.isEmpty()
                ? List.of()
                : Stream.concat(
                                Stream.of(new Heading(text("first-run.client.facts"))),
                                facts.stream())
                        .toList();
    }

    private static boolean says(String line, Entry entry) {
        return line.contains(entry.value().in(Language.ENGLISH));
    }

    private static Fact fact(Entry entry) {
        return new Fact(entry.field(), entry.value());
    }

    private List<Field> fields(Problems problems) {
        String product = answers.choice().orElseThrow().preset().product();
        return List.of(
                new AnswerField(
                        ID,
                        text("first-run.client.id"),
                        answers.typed.text(ID, answers.usualClientId()),
                        Text.nothing(),
                        problems.of(ID),
                        true),
                new SecretField(
                        SECRET,
                        text("first-run.client.secret"),
                        "off",
                        text("first-run.client.secret-help"),
                        problems.of(SECRET),
                        false),
                new AnswerField(
                        NAME,
                        text("first-run.client.button"),
                        answers.typed.text(NAME, product),
                        text("first-run.client.button-help"),
                        problems.of(NAME),
                        true));
    }

    @Override
    public Problems take(Typed typed) {
        Map<String, Text> wrong = new HashMap<>();
        switch (ProviderChoice.judgeText(typed.text(ID))) {
            case Judged.Fits<String> _ -> {}
            case Judged.Unfit<String>(var problem) -> wrong.put(ID, Sentences.of(problem));
        }
        switch (ProviderChoice.judgeText(typed.text(NAME))) {
            case Judged.Fits<String> _ -> {}
            case Judged.Unfit<String>(var problem) -> wrong.put(NAME, Sentences.of(problem));
        }
        return switch (ProviderChoice.judgeSecret(typed.secret(SECRET))) {
            case Judged.Fits<ClientAuthentication>(var authentication) ->
                    wrong.isEmpty() ? keep(typed, authentication) : new Problems(wrong);
            case Judged.Unfit<ClientAuthentication>(var problem) -> {
                wrong.put(SECRET, Sentences.of(problem));
                yield new Problems(wrong);
            }
        };
    }

    private Problems keep(Typed typed, ClientAuthentication authentication) {
        ProviderChoice choice = answers.choice().orElseThrow();
        OpenIdProviderConfig provider =
                choice.with(typed.text(ID).strip(), authentication, typed.text(NAME).strip());
        try {
            answers.provider(
                    provider, new TrialSignIn(time, secrets, provider, choice.publicUrl()));
            return Problems.NONE;
        } catch (OpenIdProviderMisconfigured problem) {
            return Problems.ofAll(
                    new SetupProblem(Flaw.PROVIDER_UNFIT, String.valueOf(problem.getMessage())));
        }
    }
}
