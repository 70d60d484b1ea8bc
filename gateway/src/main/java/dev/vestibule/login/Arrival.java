package dev.vestibule.login;

import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.login.AuthorizationCodeStore.Inner;
import dev.vestibule.login.PendingMfaStore.Question;
import dev.vestibule.provisioning.HomeSignInResult;
import dev.vestibule.provisioning.ProvisioningRequest;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.LiveSession;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/// Brings a signed-in person to where they wanted to go: for a client, makes or mends their Home
/// Assistant user, runs the login flow, and mints our code. Safe to share between threads.
///
/// A crash between the steps leaves nothing that the next sign-in does not finish.
final class Arrival {

    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    private final LoginHomes homes;
    private final AuthorizationCodeStore codes;
    private final PendingMfaStore questions;

    Arrival(LoginHomes homes, AuthorizationCodeStore codes, PendingMfaStore questions) {
        this.homes = homes;
        this.codes = codes;
        this.questions = questions;
    }

    /// The role takes effect at Home Assistant wherever the person goes (attack: somebody who is no
    /// administrator any more signs in at a page only, and stays one in Home Assistant).
    ArrivalResult arrive(Insider insider, Visitor visitor, Destination destination) {
        LoginHome home = homes.get(visitor.home());
        ProvisioningRequest request =
                new ProvisioningRequest(
                        insider.account().id(),
                        insider.account().displayName(),
                        visitor.client().accountable());
        try {
            return switch (destination) {
                case Destination.Page(var path) -> {
                    home.homeSignIn().applyRole(request);
                    yield new ArrivalResult.GoOn(visitor.origin().resolve(path));
                }
                case Destination.Client(var client) -> arrive(home, insider, request, client);
            };
        } catch (HomeAssistantUnavailable unavailable) {
            return trouble(home, visitor, unavailable);
        }
    }

    private ArrivalResult arrive(
            LoginHome home, Insider insider, ProvisioningRequest request, ClientRequest client) {
        HomeSignInResult result =
                home.homeSignIn().signIn(request, client.clientId(), client.redirectUri());
        return switch (result) {
            case HomeSignInResult.AttachedUserGone _ ->
                    new ArrivalResult.Refused(HomeRefusal.USER_GONE);
            case HomeSignInResult.Answered(var userId, var answer) ->
                    settle(insider.session(), userId, client, answer);
        };
    }

    /// Answers a question for a second factor.
    ///
    /// @param id names the question, as the form has it
    ArrivalResult answer(LiveSession session, Visitor visitor, Secret id, Secret answer) {
        Optional<Question> found = questions.consume(id, session);
        if (found.isEmpty()) {
            return new ArrivalResult.NoSuchQuestion();
        }
        Question question = found.get();
        LoginHome home = homes.get(visitor.home());
        try {
            LoginFlowResult result =
                    home.homeAssistant().loginFlows().answerMfa(question.step(), answer);
            return settle(session, question.homeAssistantUserId(), question.client(), result);
        } catch (HomeAssistantUnavailable unavailable) {
            return trouble(home, visitor, unavailable);
        }
    }

    private ArrivalResult settle(
            LiveSession session, String userId, ClientRequest client, LoginFlowResult result) {
        return switch (result) {
            case LoginFlowResult.Code(var code) ->
                    new ArrivalResult.GoOn(
                            client.answerWith(
                                    codes.mint(session, client, new Inner(code, userId))));
            case LoginFlowResult.MfaRequired(var step) ->
                    ask(session, new Question(step, userId, client), false);
            case LoginFlowResult.WrongMfaCode(var step) ->
                    ask(session, new Question(step, userId, client), true);
            case LoginFlowResult.Refused(var reason) ->
                    new ArrivalResult.Refused(HomeRefusal.of(reason));
            case LoginFlowResult.Aborted(var reason) ->
                    new ArrivalResult.Refused(HomeRefusal.of(reason));
            case LoginFlowResult.InvalidCredentials() ->
                    throw new IllegalStateException("the hidden credential was mended before");
        };
    }

    private ArrivalResult ask(LiveSession session, Question question, boolean isAgain) {
        MfaStep step = question.step();
        return new ArrivalResult.SecondFactor(questions.insert(session, question), step, isAgain);
    }

    private static ArrivalResult trouble(
            LoginHome home, Visitor visitor, HomeAssistantUnavailable unavailable) {
        HomeTrouble trouble = HomeTrouble.of(home.homeAssistant().status());
        LOG.warn(
                "event=arrival-failed home={} trouble={} reference={} reason=\"{}\"",
                visitor.home(),
                trouble,
                visitor.reference(),
                unavailable.reason());
        return new ArrivalResult.Trouble(trouble);
    }
}
