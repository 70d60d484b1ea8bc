package dev.vestibule.firstrun;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.firstrun.Answers.Trial;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.AnswerField;
import dev.vestibule.http.Page.Part.ChoiceField;
import dev.vestibule.http.Page.Part.Fact;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.LeavingButton;
import dev.vestibule.http.Page.Part.Notice;
import dev.vestibule.http.Page.Part.Option;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Text;
import dev.vestibule.oidc.AuthorizationResponseParameters;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.setup.Judged;
import dev.vestibule.setup.SetupProblem;
import dev.vestibule.setup.TrialSignIn;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A sign-in to try, which shows what the provider says of a person. Its answer comes to this page
/// where a proxy points here already; elsewhere the operator brings the address.
record TrialQuestion(Answers answers) implements Question {

    /// Leads to the provider.
    static final String OPEN = Step.TRIAL.path() + "/open";

    private static final String ADDRESS = "trial-address";
    private static final String WITHOUT = "without";
    private static final String AGAIN = "again";

    @Override
    public boolean isAnswered() {
        return switch (answers.outcome()) {
            case Trial.Seen _, Trial.LeftOut _ -> true;
            case Trial.NotTried _, Trial.Failed _ -> false;
        };
    }

    /// Where to sign in; what keeps that from working is kept for the page.
    Judged<URI> open() {
        Judged<URI> address = answers.trial().orElseThrow().address();
        // What was seen stays: a link of somebody else's may lead here.
        if (address instanceof Judged.Unfit<URI>(var problem) && answers.person().isEmpty()) {
            answers.outcome(new Trial.Failed(problem));
        }
        return address;
    }

    /// The provider's answer came to this very page.
    ///
    /// @return whether it answers what we asked
    boolean arrive(AuthorizationResponseParameters response) {
        return answers.trial().map(trial -> arrive(trial, response)).orElse(false);
    }

    private boolean arrive(TrialSignIn trial, AuthorizationResponseParameters response) {
        return switch (trial.finish(response)) {
            case Judged.Fits<VerifiedIdentity>(var person) -> {
                answers.outcome(new Trial.Seen(person));
                yield true;
            }
            case Judged.Unfit<VerifiedIdentity>(var problem) -> refused(problem);
        };
    }

    /// What answers another question changes nothing (attack: whoever knows the address of this
    /// page sends answers of their own).
    private boolean refused(SetupProblem problem) {
        boolean isOurs =
                switch (problem.flaw()) {
                    case TRIAL_OTHER_STATE, TRIAL_NOT_THE_ANSWER -> false;
                    default -> true;
                };
        if (isOurs) {
            answers.outcome(new Trial.Failed(problem));
        }
        return isOurs;
    }

    @Override
    public List<Part> parts(Problems problems, List<Hidden> form) {
        return switch (answers.outcome()) {
            case Trial.Seen(var person) -> seen(person, form);
            case Trial.Failed(var problem) -> asking(problems.orElse(problem), form);
            case Trial.NotTried(), Trial.LeftOut() -> asking(problems, form);
        };
    }

    private List<Part> asking(Problems problems, List<Hidden> form) {
        List<Part> parts = new ArrayList<>(problems.ofAll());
        parts.add(new Paragraph(text("first-run.trial.text")));
        parts.add(new LeavingButton(text("first-run.trial.open"), OPEN));
        parts.add(new Paragraph(text("first-run.trial.back")));
        parts.add(
                new Form(
                        Step.TRIAL.path(),
                        form,
                        new AnswerField(
                                ADDRESS,
                                text("first-run.trial.label"),
                                "",
                                text("first-run.trial.help", callback()),
                                problems.of(ADDRESS),
                                false),
                        text("first-run.trial.submit")));
        parts.add(lesser(WITHOUT, "first-run.trial.without", form));
        return parts;
    }

    private static Form lesser(String field, String key, List<Hidden> form) {
        return new Form(
                Step.TRIAL.path(),
                form,
                new ChoiceField(field, List.of(), List.of(new Option("yes", text(key)))),
                Text.nothing());
    }

    private String callback() {
        return answers.provider()
                .orElseThrow()
                .redirectUri(answers.publicUrl().orElseThrow())
                .toString();
    }

    private List<Part> seen(VerifiedIdentity person, List<Hidden> form) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Notice(text("first-run.trial.works")));
        parts.add(fact("subject", person.subject().value()));
        parts.add(fact("username", person.username()));
        parts.add(fact("name", person.displayName()));
        if (!person.email().isEmpty()) {
            parts.add(fact("email", person.email()));
        }
        parts.addAll(person.groups().isEmpty() ? withoutGroups() : List.of(groupsOf(person)));
        person.claimRemarks().forEach(remark -> parts.add(new Quiet(remark.text())));
        parts.add(new Form(Step.TRIAL.path(), form, List.of(), text("first-run.next")));
        parts.add(lesser(AGAIN, "first-run.trial.again", form));
        return parts;
    }

    private List<Part> withoutGroups() {
        Text advice = answers.preset().orElseThrow().groupsAdvice();
        return List.of(new Alert(text("first-run.trial.no-groups")), new Quiet(advice));
    }

    private static Part groupsOf(VerifiedIdentity person) {
        return fact("groups", groups(person));
    }

    static String groups(VerifiedIdentity person) {
        return person.groups().stream().sorted().collect(Collectors.joining(", "));
    }

    private static Fact fact(String key, String value) {
        return new Fact(text("first-run.trial." + key), Text.verbatim(value));
    }

    @Override
    public Problems take(Typed typed) {
        if (typed.has(WITHOUT)) {
            answers.outcome(new Trial.LeftOut());
            return Problems.NONE;
        }
        if (typed.has(AGAIN)) {
            answers.outcome(new Trial.NotTried());
            return Problems.NONE;
        }
        // An address holds a code: it is no text to be remembered.
        String address = typed.secret(ADDRESS).reveal();
        if (address.isBlank() && isAnswered()) {
            return Problems.NONE;
        }
        return switch (answers.trial().orElseThrow().finish(address)) {
            case Judged.Fits<VerifiedIdentity>(var person) -> {
                answers.outcome(new Trial.Seen(person));
                // To be looked at first.
                yield Problems.NONE;
            }
            case Judged.Unfit<VerifiedIdentity>(var problem) -> Problems.of(ADDRESS, problem);
        };
    }
}
