package dev.vestibule.homeassistant;

import static dev.vestibule.homeassistant.ScriptedTie.CLIENT;
import static dev.vestibule.homeassistant.ScriptedTie.CLIENT_ID;
import static dev.vestibule.homeassistant.ScriptedTie.REDIRECT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.homeassistant.LoginFlowResult.Aborted;
import dev.vestibule.homeassistant.LoginFlowResult.Code;
import dev.vestibule.homeassistant.LoginFlowResult.InvalidCredentials;
import dev.vestibule.homeassistant.LoginFlowResult.MfaRequired;
import dev.vestibule.homeassistant.LoginFlowResult.Refused;
import dev.vestibule.homeassistant.LoginFlowResult.WrongMfaCode;
import dev.vestibule.homeassistant.MfaStep.MfaModule;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.RecordedRequest;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class LoginFlowsTest {

    private final ScriptedTie house =
            new ScriptedTie(
                            HomeOptions.defaults().withForwardedHeadersTrusted(true),
                            TestLimits.IMPATIENT)
                    .connected();
    private final String anna = house.home.addUser("Anna", "anna", "pw", "system-users").id();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void theRightPasswordGivesACodeOfTheClients() {
        assertThat(signIn("pw")).isInstanceOf(Code.class);
    }

    @Test
    void aWrongPasswordIsSaidToBeOneAndLeavesNoFlowBehind() {
        house.home.record().clear();

        assertThat(signIn("wrong")).isEqualTo(new InvalidCredentials());

        assertThat(requests()).extracting(RecordedRequest::method).endsWith("DELETE");
    }

    @Test
    void aSecondFactorIsPassedUpAndItsCodeForwarded() {
        house.home.enableTotp(anna);

        MfaStep step = question(signIn("pw"));
        assertThat(step.asksForModule()).isFalse();
        assertThat(step.modules()).containsExactly(new MfaModule("totp", "Authenticator app"));

        assertThat(answer(step, "000000")).isInstanceOf(WrongMfaCode.class);
        assertThat(answer(step, house.home.totpCode(anna))).isInstanceOf(Code.class);
    }

    @Test
    void whoHasTwoSecondFactorsIsAskedWhich() {
        house.home.enableTotp(anna);
        house.home.enableMfa(anna, dev.vestibule.testhouse.home.MfaModule.NOTIFY);

        MfaStep which = question(signIn("pw"));
        assertThat(which.asksForModule()).isTrue();
        assertThat(which.modules())
                .containsExactly(
                        new MfaModule("totp", "Authenticator app"),
                        new MfaModule("notify", "Notify One-Time Password"));

        MfaStep code = question(answer(which, "notify"));
        assertThat(code.asksForModule()).isFalse();
        assertThat(code.modules()).extracting(MfaModule::id).containsExactly("notify");
        assertThat(
                        answer(
                                code,
                                house.home.mfaCode(
                                        anna, dev.vestibule.testhouse.home.MfaModule.NOTIFY)))
                .isInstanceOf(Code.class);
    }

    @Test
    void aModuleThatIsNotOneOfThemIsAskedForAgain() {
        house.home.enableTotp(anna);
        house.home.enableMfa(anna, dev.vestibule.testhouse.home.MfaModule.NOTIFY);

        assertThat(answer(question(signIn("pw")), "pigeon"))
                .isInstanceOfSatisfying(
                        WrongMfaCode.class,
                        again -> assertThat(again.step().asksForModule()).isTrue());
    }

    @Test
    void threeWrongCodesEndTheFlow() {
        house.home.enableTotp(anna);
        MfaStep step = question(signIn("pw"));
        answer(step, "000000");
        answer(step, "000000");

        assertThat(answer(step, "000000")).isEqualTo(new Aborted(LoginAbort.TOO_MANY_TRIES));
        assertThat(answer(step, house.home.totpCode(anna)))
                .isEqualTo(new Aborted(LoginAbort.FLOW_LOST));
    }

    @Test
    void aCodeThatComesTooLateEndsTheFlow() {
        house.home.enableTotp(anna);
        MfaStep step = question(signIn("pw"));
        house.clock.advance(Duration.ofMinutes(6));

        assertThat(answer(step, house.home.totpCode(anna)))
                .isEqualTo(new Aborted(LoginAbort.EXPIRED));
    }

    @Test
    void aRestartLosesTheFlow() {
        house.home.enableTotp(anna);
        MfaStep step = question(signIn("pw"));
        house.home.stop();
        house.home.startAgain();

        assertThat(answer(step, house.home.totpCode(anna)))
                .isEqualTo(new Aborted(LoginAbort.FLOW_LOST));
    }

    @Test
    void aQuestionThatNobodyAnswersIsTakenBack() {
        house.home.enableTotp(anna);
        MfaStep step = question(signIn("pw"));

        house.tie.loginFlows().abandon(step);

        assertThat(answer(step, house.home.totpCode(anna)))
                .isEqualTo(new Aborted(LoginAbort.FLOW_LOST));
    }

    @Test
    void everyStepOfAFlowNamesTheSameAddress() {
        house.home.enableTotp(anna);
        house.home.record().clear();

        answer(question(signIn("pw")), house.home.totpCode(anna));

        assertThat(requests())
                .hasSize(3)
                .allSatisfy(
                        request ->
                                assertThat(request.headers("X-Forwarded-For"))
                                        .containsExactly(CLIENT.getHostAddress()));
    }

    @Test
    void aFlowThatWasBegunFromAnotherAddressIsOver() {
        house.home.enableTotp(anna);
        MfaStep step = question(signIn("pw"));
        MfaStep elsewhere =
                new MfaStep(
                        step.flowId(),
                        step.stepId(),
                        step.clientId(),
                        "203.0.113.10",
                        step.modules());

        assertThat(answer(elsewhere, house.home.totpCode(anna)))
                .isEqualTo(new Aborted(LoginAbort.ADDRESS_CHANGED));
    }

    @Test
    void whoIsInactiveIsRefused() {
        house.home.setActive(anna, false);

        assertThat(signIn("pw")).isEqualTo(new Refused(LoginRefusal.INACTIVE));
    }

    @Test
    void whoMayComeFromTheHouseOnlyIsRefusedFromAfar() {
        house.home.setLocalOnly(anna, true);

        assertThat(signIn("pw")).isEqualTo(new Refused(LoginRefusal.LOCAL_ONLY));
    }

    @Test
    void aClientThatHomeAssistantCannotReadIsRefused() {
        assertThat(signIn("ftp://home.example/", REDIRECT))
                .isEqualTo(new Refused(LoginRefusal.CLIENT_ID));
    }

    @Test
    void aRedirectThatDoesNotSuitTheClientIsRefused() {
        assertThat(signIn(CLIENT_ID, "https://elsewhere.example/"))
                .isEqualTo(new Refused(LoginRefusal.REDIRECT_URI));
    }

    @Test
    void anyFaultIsAnOutageAndNeverARefusal() {
        house.home.faults().answer("/auth/login_flow", 500);
        assertOutage(() -> signIn("pw"));
        house.home.faults().clear();

        house.home.faults().answer("/auth/login_flow/", 403);
        assertOutage(() -> signIn("pw"));
        house.home.faults().clear();

        house.home.faults().cutAfter("/auth/login_flow");
        assertOutage(() -> signIn("pw"));
        house.home.faults().clear();

        house.home.faults().hang("/auth/login_flow/");
        assertOutage(() -> signIn("pw"));
        house.home.faults().clear();

        house.home.stop();
        assertOutage(() -> signIn("pw"));
        house.home.startAgain();
        assertThat(signIn("pw")).isInstanceOf(Code.class);
    }

    private LoginFlowResult signIn(String password) {
        return house.tie.loginFlows().signIn(house.login("anna", password));
    }

    private LoginFlowResult signIn(String clientId, String redirect) {
        return house.tie
                .loginFlows()
                .signIn(new LoginRequest("anna", new Secret("pw"), clientId, redirect, CLIENT));
    }

    private static MfaStep question(LoginFlowResult result) {
        assertThat(result).isInstanceOf(MfaRequired.class);
        return ((MfaRequired) result).step();
    }

    private LoginFlowResult answer(MfaStep step, String answer) {
        return house.tie.loginFlows().answerMfa(step, new Secret(answer));
    }

    private List<RecordedRequest> requests() {
        return house.home.record().requests().stream()
                .filter(request -> request.target().startsWith("/auth/login_flow"))
                .toList();
    }

    private static void assertOutage(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(HomeAssistantUnavailable.class);
    }
}
