package dev.vestibule.cli;

import dev.vestibule.homeassistant.AuthorizationCode;
import dev.vestibule.homeassistant.FirstVisit;
import dev.vestibule.homeassistant.FirstVisit.Minting;
import dev.vestibule.homeassistant.HomeAssistantVersion;
import dev.vestibule.homeassistant.LoginAbort;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.LoginRefusal;
import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.secret.Secret;

import java.util.stream.Collectors;

/// Asks an administrator of Home Assistant to sign in once, and makes the gateway's own token in
/// their name. The password is used once and kept nowhere. Used by one thread.
final class AdministratorInterview {

    static final String TOKEN_NAME = "Vestibule";

    private final Interview interview;

    AdministratorInterview(Interview interview) {
        this.interview = interview;
    }

    Minting.Minted mint(FirstVisit visit) {
        interview.say(
                "Sign in once as an administrator of Home Assistant. The password is not kept.");
        AuthorizationCode code = signIn(visit);
        return switch (visit.mint(code, TOKEN_NAME)) {
            case Minting.Minted minted -> minted;
            case Minting.NotAdministrator(var name) ->
                    throw new CommandFailed(
                            name
                                    + " is no administrator of Home Assistant. Run setup again and"
                                    + " sign in as one.");
            case Minting.TooOld(var version) ->
                    throw new CommandFailed(
                            "Home Assistant "
                                    + version
                                    + " is too old. Vestibule needs "
                                    + HomeAssistantVersion.OLDEST
                                    + " or newer: update it first.");
            case Minting.Refused() ->
                    throw new CommandFailed(
                            "Home Assistant took the sign-in back. Run setup again; if that stays,"
                                    + " look at its log.");
        };
    }

    private AuthorizationCode signIn(FirstVisit visit) {
        LoginFlowResult result =
                interview.ask(
                        "User name",
                        "",
                        username -> {
                            Secret password =
                                    interview.askSecret("Password", Reply.Good<Secret>::new);
                            return judge(visit.signIn(username, password));
                        });
        return finish(visit, result);
    }

    /// A wrong password is asked for again; everything else goes on, or ends.
    private static Reply<LoginFlowResult> judge(LoginFlowResult result) {
        return switch (result) {
            case LoginFlowResult.InvalidCredentials() ->
                    new Reply.Bad<>("Home Assistant does not accept this user name and password.");
            case LoginFlowResult.Code _,
                    LoginFlowResult.MfaRequired _,
                    LoginFlowResult.WrongMfaCode _,
                    LoginFlowResult.Refused _,
                    LoginFlowResult.Aborted _ ->
                    new Reply.Good<>(result);
        };
    }

    private AuthorizationCode finish(FirstVisit visit, LoginFlowResult begun) {
        LoginFlowResult result = begun;
        while (true) {
            switch (result) {
                case LoginFlowResult.Code(var code) -> {
                    return code;
                }
                case LoginFlowResult.MfaRequired(var step) ->
                        result = visit.answerMfa(step, secondFactor(step));
                case LoginFlowResult.WrongMfaCode(var step) ->
                        result = visit.answerMfa(step, anotherTry(step));
                case LoginFlowResult.InvalidCredentials() ->
                        throw new CommandFailed("Home Assistant does not accept this sign-in.");
                case LoginFlowResult.Refused(var reason) ->
                        throw new CommandFailed(refused(reason));
                case LoginFlowResult.Aborted(var reason) ->
                        throw new CommandFailed(aborted(reason));
            }
        }
    }

    /// Home Assistant itself counts the tries.
    private Secret anotherTry(MfaStep step) {
        interview.say("  Home Assistant does not accept this code.");
        return secondFactor(step);
    }

    private Secret secondFactor(MfaStep step) {
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

    private static String refused(LoginRefusal reason) {
        return switch (reason) {
            case INACTIVE -> "This user is deactivated in Home Assistant. Sign in as another one.";
            case LOCAL_ONLY ->
                    "This user may sign in from the local network only, and Home Assistant does not"
                            + " take this machine for local. Sign in as another one.";
            case CLIENT_ID, REDIRECT_URI, OTHER ->
                    "Home Assistant refuses sign-ins with a user name and password. Check that its"
                            + " auth provider 'homeassistant' is on.";
        };
    }

    private static String aborted(LoginAbort reason) {
        return switch (reason) {
            case EXPIRED -> "The code came too late. Run setup again.";
            case TOO_MANY_TRIES -> "Too many wrong codes. Run setup again.";
            case FLOW_LOST -> "Home Assistant lost the sign-in; it may have restarted. Run again.";
            case ADDRESS_CHANGED, OTHER -> "Home Assistant ended the sign-in. Run setup again.";
        };
    }
}
