package dev.vestibule.admission;

import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.admission.PendingMfaStore.Question;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.provisioning.HomeSignInResult;
import dev.vestibule.provisioning.ProvisioningRequest;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;

/// Brings a signed-in person to where they wanted to go: for a client, makes or mends their Home
/// Assistant user, runs the login flow, and mints our code. Safe to share between threads.
///
/// A crash between the steps leaves nothing that the next sign-in does not finish.
public final class Arrival {

    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    private final LoginHomes homes;
    private final AuthorizationCodeStore codes;
    private final PendingMfaStore questions;

    public Arrival(LoginHomes homes, AuthorizationCodeStore codes, PendingMfaStore questions) {
        this.homes = homes;
        this.codes = codes;
        this.questions = questions;
    }

    /// The role takes effect at Home Assistant wherever the person goes (attack: somebody who is no
    /// administrator any more signs in at a page only, and stays one in Home Assistant).
    public ArrivalResult arrive(Guest guest, Visitor visitor, Destination destination) {
        LoginHome home = homes.get(visitor.home());
        ProvisioningRequest request =
                new ProvisioningRequest(
                        guest.account().id(),
                        guest.account().displayName(),
                        visitor.client().accountable());
        try {
            return switch (destination) {
                case Destination.Page(var path) -> {
                    home.homeSignIn().applyRole(request);
                    yield new ArrivalResult.GoOn(visitor.origin().resolve(path));
                }
                case Destination.Client(var client) -> arrive(home, guest, request, client);
            };
        } catch (HomeAssistantUnavailable unavailable) {
            return trouble(home, visitor, unavailable);
        }
    }

    private ArrivalResult arrive(
            LoginHome home, Guest guest, ProvisioningRequest request, ClientRequest client) {
        HomeSignInResult result =
                home.homeSignIn().signIn(request, client.clientId(), client.redirectUri());
        return switch (result) {
            case HomeSignInResult.AttachedUserGone _ ->
                    new ArrivalResult.Refused(HomeRefusal.USER_GONE);
            case HomeSignInResult.Answered(var userId, var answer) ->
                    settle(
                            home.config().name(),
                            Claimant.of(guest),
                            new Errand(userId, client),
                            answer);
        };
    }

    /// Answers a question for a second factor.
    ///
    /// @param holders what the browser that answers is known by
    /// @param id names the question, as the form has it
    public ArrivalResult answer(List<Holder> holders, Visitor visitor, Secret id, Secret answer) {
        Optional<Asked> found =
                holders.stream()
                        .flatMap(
                                holder ->
                                        questions
                                                .consume(id, visitor.home(), holder)
                                                .map(question -> new Asked(holder, question))
                                                .stream())
                        .findFirst();
        if (found.isEmpty()) {
            return new ArrivalResult.NoSuchQuestion();
        }
        Question question = found.get().question();
        LoginHome home = homes.get(visitor.home());
        try {
            LoginFlowResult result =
                    home.homeAssistant().loginFlows().answerMfa(question.step(), answer);
            return settle(
                    visitor.home(),
                    new Claimant(question.account(), question.accountEpoch(), found.get().holder()),
                    question.errand(),
                    result);
        } catch (HomeAssistantUnavailable unavailable) {
            return trouble(home, visitor, unavailable);
        }
    }

    private record Asked(Holder holder, Question question) {}

    private ArrivalResult settle(
            HomeId home, Claimant claimant, Errand errand, LoginFlowResult result) {
        return switch (result) {
            case LoginFlowResult.Code(var code) ->
                    new ArrivalResult.GoOn(
                            errand.client().answerWith(codes.mint(home, claimant, errand, code)));
            case LoginFlowResult.MfaRequired(var step) -> ask(home, claimant, errand, step, false);
            case LoginFlowResult.WrongMfaCode(var step) -> ask(home, claimant, errand, step, true);
            case LoginFlowResult.Refused(var reason) ->
                    new ArrivalResult.Refused(HomeRefusal.of(reason));
            case LoginFlowResult.Aborted(var reason) ->
                    new ArrivalResult.Refused(HomeRefusal.of(reason));
            case LoginFlowResult.InvalidCredentials() ->
                    throw new IllegalStateException("the hidden credential was mended before");
        };
    }

    private ArrivalResult ask(
            HomeId home, Claimant claimant, Errand errand, MfaStep step, boolean isAgain) {
        Question question = new Question(step, claimant.account(), claimant.epoch(), errand);
        return new ArrivalResult.SecondFactor(
                questions.insert(home, claimant.holder(), question),
                step,
                errand.client(),
                isAgain);
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
