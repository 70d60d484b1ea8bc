package dev.vestibule.cli;

import dev.vestibule.foreign.ForeignText;
import dev.vestibule.homeassistant.FirstVisit;
import dev.vestibule.homeassistant.FirstVisit.Minting;
import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.secret.Secret;
import dev.vestibule.setup.AdministratorSignIn;
import dev.vestibule.setup.AdministratorSignIn.Step;
import dev.vestibule.setup.Flaw;
import dev.vestibule.setup.SetupProblem;

import java.util.stream.Collectors;

/// Asks an administrator of Home Assistant to sign in once. Used by one thread.
final class AdministratorInterview {

    private final Interview interview;

    AdministratorInterview(Interview interview) {
        this.interview = interview;
    }

    Minting.Minted mint(FirstVisit visit) {
        interview.say(
                "Sign in once as an administrator of Home Assistant. The password is not kept.");
        AdministratorSignIn signIn = new AdministratorSignIn(visit);
        Step step =
                interview.ask(
                        "User name",
                        "",
                        username -> {
                            Secret password =
                                    interview.askSecret("Password", Reply.Good<Secret>::new);
                            return judge(signIn.signIn(username, password));
                        });
        while (true) {
            switch (step) {
                case Step.Done(var minted) -> {
                    return minted;
                }
                case Step.SecondFactor(var asked, var isAgain) ->
                        step = signIn.answer(asked, secondFactor(asked, isAgain));
                case Step.Again(var problem) ->
                        throw new CommandFailed(ForeignText.numbered(problem.sentence()));
                case Step.Over(var problem) ->
                        throw new CommandFailed(ForeignText.numbered(problem.sentence()));
            }
        }
    }

    /// A wrong password is asked for again; everything else goes on, or ends.
    private static Reply<Step> judge(Step step) {
        return switch (step) {
            case Step.Again(var problem) -> new Reply.Bad<>(problem.sentence());
            case Step.Done _, Step.SecondFactor _, Step.Over _ -> new Reply.Good<>(step);
        };
    }

    private Secret secondFactor(MfaStep step, boolean isAgain) {
        if (isAgain) {
            interview.say("  " + new SetupProblem(Flaw.WRONG_CODE, "").sentence());
        }
        if (step.asksForModule()) {
            String ids =
                    step.modules().stream()
                            .map(MfaStep.MfaModule::id)
                            .collect(Collectors.joining(", "));
            return interview.ask(
                    "Which second factor (" + ids + ")",
                    step.modules().isEmpty() ? "" : step.modules().getFirst().id(),
                    answer -> new Reply.Good<>(new Secret(answer)));
        }
        String name = step.modules().isEmpty() ? "second factor" : step.modules().getFirst().name();
        return interview.ask(
                "The code of your " + name, "", answer -> new Reply.Good<>(new Secret(answer)));
    }
}
