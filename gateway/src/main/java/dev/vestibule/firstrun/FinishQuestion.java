package dev.vestibule.firstrun;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.Origin;
import dev.vestibule.homeassistant.FirstVisit;
import dev.vestibule.homeassistant.FirstVisit.Minting;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.AnswerField;
import dev.vestibule.http.Page.Part.ChoiceField;
import dev.vestibule.http.Page.Part.CodeField;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Option;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.SecretField;
import dev.vestibule.http.Text;
import dev.vestibule.secret.Secret;
import dev.vestibule.setup.AdministratorSignIn;
import dev.vestibule.setup.Flaw;
import dev.vestibule.setup.SetupAddresses;
import dev.vestibule.setup.SetupFailed;
import dev.vestibule.setup.SetupFiles;
import dev.vestibule.setup.SetupProblem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that was answered, what remains to be done, and the sign-in of Home Assistant's
/// administrator, by which the token is made and everything is written. Used under the wizard's
/// lock.
final class FinishQuestion implements Question, AutoCloseable {

    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";
    private static final String CODE = "second-factor";
    private static final String ANEW = "anew";

    private final Answers answers;
    private final SetupFiles files;
    private Optional<SignIn> underWay = Optional.empty();
    private Optional<Minting.Minted> minted = Optional.empty();

    /// A sign-in that waits for a second factor.
    ///
    /// @param at the Home Assistant that it began at
    private record SignIn(Origin at, FirstVisit visit, MfaStep step, boolean isAgain) {}

    FinishQuestion(Answers answers, SetupFiles files) {
        this.answers = answers;
        this.files = files;
    }

    /// Whether everything is written.
    @Override
    public boolean isAnswered() {
        return minted.isPresent();
    }

    /// What Home Assistant made.
    Optional<Minting.Minted> minted() {
        return minted;
    }

    @Override
    public List<Part> parts(Problems problems, List<Hidden> form) {
        List<Part> parts = new ArrayList<>(problems.ofAll());
        giveUpElsewhere();
        underWay.ifPresentOrElse(
                signIn -> secondFactor(signIn, parts, form), () -> first(problems, parts, form));
        return parts;
    }

    private void first(Problems problems, List<Part> parts, List<Hidden> form) {
        parts.addAll(Summary.of(answers.plan(), answers.person(), files.config()));
        parts.add(new Heading(text("first-run.finish.sign-in")));
        parts.add(new Paragraph(text("first-run.finish.why")));
        parts.add(
                new Form(
                        Step.FINISH.path(),
                        form,
                        List.of(username(), password(problems)),
                        text("first-run.finish.submit")));
    }

    private AnswerField username() {
        return new AnswerField(
                USERNAME,
                text("first-run.finish.username"),
                answers.typed.text(USERNAME, ""),
                Text.nothing(),
                Text.nothing(),
                true);
    }

    private static SecretField password(Problems problems) {
        return new SecretField(
                PASSWORD,
                text("first-run.finish.password"),
                "current-password",
                text("first-run.finish.password-help"),
                problems.of(PASSWORD),
                true);
    }

    private static void secondFactor(SignIn signIn, List<Part> parts, List<Hidden> form) {
        if (signIn.isAgain()) {
            parts.add(new Alert(Sentences.of(new SetupProblem(Flaw.WRONG_CODE, ""))));
        }
        if (signIn.step().asksForModule()) {
            parts.add(new Paragraph(text("first-run.finish.which-factor")));
            List<Option> options =
                    signIn.step().modules().stream()
                            .map(module -> new Option(module.id(), Text.verbatim(module.name())))
                            .toList();
            parts.add(
                    new Form(
                            Step.FINISH.path(),
                            form,
                            new ChoiceField(CODE, options),
                            Text.nothing()));
        } else {
            parts.add(new Paragraph(text("first-run.finish.factor")));
            parts.add(
                    new Form(
                            Step.FINISH.path(),
                            form,
                            new CodeField(CODE, text("first-run.finish.factor-label")),
                            text("first-run.finish.submit")));
        }
        parts.add(
                new Form(
                        Step.FINISH.path(),
                        form,
                        new ChoiceField(
                                ANEW,
                                List.of(),
                                List.of(new Option("yes", text("first-run.finish.anew")))),
                        Text.nothing()));
    }

    @Override
    public Problems take(Typed typed) {
        if (typed.has(ANEW)) {
            giveUp();
            return Problems.NONE;
        }
        try {
            files.rehearse(answers.plan());
            giveUpElsewhere();
            return signIn(typed);
        } catch (SetupFailed failed) {
            return Problems.ofAll(text("first-run.finish.not-written", failed.text()));
        } catch (HomeAssistantUnavailable away) {
            giveUp();
            return Problems.ofAll(new SetupProblem(Flaw.HOME_ASSISTANT_AWAY, away.reason()));
        }
    }

    /// By what the form holds, and not by what is awaited: a second click on the first form is no
    /// wrong code, of which Home Assistant counts the tries.
    private Problems signIn(Typed typed) {
        if (typed.has(PASSWORD)) {
            giveUp();
            return begin(typed.text(USERNAME).strip(), typed.secret(PASSWORD));
        }
        return underWay.isPresent() && typed.has(CODE)
                ? answer(underWay.get(), typed.secret(CODE))
                : Problems.NONE;
    }

    /// A token of one Home Assistant is never written for another.
    private void giveUpElsewhere() {
        if (underWay.isPresent() && !underWay.map(SignIn::at).equals(answers.homeAssistant())) {
            giveUp();
        }
    }

    private Problems begin(String username, Secret password) {
        Origin at = answers.homeAssistant().orElseThrow();
        FirstVisit visit = SetupAddresses.visit(at);
        boolean isKept = false;
        try {
            Problems problems =
                    after(at, visit, new AdministratorSignIn(visit).signIn(username, password));
            isKept = underWay.isPresent();
            return problems;
        } finally {
            if (!isKept) {
                visit.close();
            }
        }
    }

    private Problems answer(SignIn signIn, Secret code) {
        AdministratorSignIn.Step step =
                new AdministratorSignIn(signIn.visit()).answer(signIn.step(), code);
        return after(signIn.at(), signIn.visit(), step);
    }

    private Problems after(Origin at, FirstVisit visit, AdministratorSignIn.Step step) {
        return switch (step) {
            case AdministratorSignIn.Step.SecondFactor(var asked, var isAgain) -> {
                underWay = Optional.of(new SignIn(at, visit, asked, isAgain));
                yield Problems.NONE;
            }
            case AdministratorSignIn.Step.Again(var problem) -> {
                giveUp();
                yield Problems.of(PASSWORD, problem);
            }
            case AdministratorSignIn.Step.Over(var problem) -> {
                giveUp();
                yield Problems.ofAll(problem);
            }
            case AdministratorSignIn.Step.Done(var made) -> {
                giveUp();
                files.write(answers.plan(), made);
                minted = Optional.of(made);
                yield Problems.NONE;
            }
        };
    }

    private void giveUp() {
        underWay.ifPresent(signIn -> signIn.visit().close());
        underWay = Optional.empty();
    }

    @Override
    public void close() {
        giveUp();
    }
}
