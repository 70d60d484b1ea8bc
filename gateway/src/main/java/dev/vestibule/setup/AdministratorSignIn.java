package dev.vestibule.setup;

import dev.vestibule.homeassistant.AuthorizationCode;
import dev.vestibule.homeassistant.FirstVisit;
import dev.vestibule.homeassistant.FirstVisit.Minting;
import dev.vestibule.homeassistant.LoginAbort;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.LoginRefusal;
import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.secret.Secret;

/// An administrator of Home Assistant signs in once, and the gateway's own token is made in their
/// name. The password is used once and kept nowhere. Every method waits, and throws
/// [dev.vestibule.homeassistant.HomeAssistantUnavailable] for an outage.
public final class AdministratorSignIn {

    /// What Home Assistant's profile page calls the token.
    public static final String TOKEN_NAME = "Vestibule";

    private final FirstVisit visit;

    /// @param visit stays the caller's to close
    public AdministratorSignIn(FirstVisit visit) {
        this.visit = visit;
    }

    /// What a step came to.
    public sealed interface Step {
        /// Signed in, and the token is made.
        record Done(Minting.Minted minted) implements Step {}

        /// Home Assistant asks on: answer by [AdministratorSignIn#answer].
        ///
        /// @param isAgain whether the code before was wrong; Home Assistant counts the tries
        record SecondFactor(MfaStep step, boolean isAgain) implements Step {}

        /// Wrong name or password: begin again by [AdministratorSignIn#signIn].
        record Again(SetupProblem problem) implements Step {}

        /// Nothing came of it, and asking again alone does not help.
        record Over(SetupProblem problem) implements Step {}
    }

    public Step signIn(String username, Secret password) {
        return step(visit.signIn(username, password));
    }

    /// @param answer the code, or the id of a module where the step asks for one
    public Step answer(MfaStep step, Secret answer) {
        return step(visit.answerMfa(step, answer));
    }

    private Step step(LoginFlowResult result) {
        return switch (result) {
            case LoginFlowResult.Code(var code) -> mint(code);
            case LoginFlowResult.MfaRequired(var step) -> new Step.SecondFactor(step, false);
            case LoginFlowResult.WrongMfaCode(var step) -> new Step.SecondFactor(step, true);
            case LoginFlowResult.InvalidCredentials() ->
                    new Step.Again(new SetupProblem(Flaw.WRONG_PASSWORD, ""));
            case LoginFlowResult.Refused(var reason) -> over(refused(reason), "");
            case LoginFlowResult.Aborted(var reason) -> over(aborted(reason), "");
        };
    }

    private Step mint(AuthorizationCode code) {
        return switch (visit.mint(code, TOKEN_NAME)) {
            case Minting.Minted minted -> new Step.Done(minted);
            case Minting.NotAdministrator(var name) -> over(Flaw.NOT_ADMINISTRATOR, name);
            case Minting.TooOld(var version) -> over(Flaw.HOME_ASSISTANT_TOO_OLD, version);
            case Minting.Refused() -> over(Flaw.SIGN_IN_TAKEN_BACK, "");
        };
    }

    private static Step over(Flaw flaw, String detail) {
        return new Step.Over(new SetupProblem(flaw, detail));
    }

    private static Flaw refused(LoginRefusal reason) {
        return switch (reason) {
            case INACTIVE -> Flaw.USER_INACTIVE;
            case LOCAL_ONLY -> Flaw.USER_LOCAL_ONLY;
            case CLIENT_ID, REDIRECT_URI, OTHER -> Flaw.PASSWORDS_REFUSED;
        };
    }

    private static Flaw aborted(LoginAbort reason) {
        return switch (reason) {
            case EXPIRED -> Flaw.CODE_TOO_LATE;
            case TOO_MANY_TRIES -> Flaw.TOO_MANY_CODES;
            case FLOW_LOST -> Flaw.SIGN_IN_LOST;
            case ADDRESS_CHANGED, OTHER -> Flaw.SIGN_IN_ENDED;
        };
    }
}
