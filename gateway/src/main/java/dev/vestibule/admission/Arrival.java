package dev.vestibule.admission;

import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.admission.PendingMfaStore.Question;
import dev.vestibule.audit.WayIn;
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

import java.net.URI;
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
    private final PendingConsentStore consents;
    private final RefusalLog refusals;

    public Arrival(
            LoginHomes homes,
            AuthorizationCodeStore codes,
            PendingMfaStore questions,
            PendingConsentStore consents,
            RefusalLog refusals) {
        this.homes = homes;
        this.codes = codes;
        this.questions = questions;
        this.consents = consents;
        this.refusals = refusals;
    }

    /// The role takes effect at Home Assistant wherever the person goes (attack: somebody who is no
    /// administrator any more signs in at a page only, and stays one in Home Assistant).
    ///
    /// No client but our own pages gets a code by this: the person is asked.
    public ArrivalResult arrive(Guest guest, Visitor visitor, Destination destination) {
        return switch (destination) {
            case Destination.Page(var path) -> arriveAt(path, guest, visitor);
            case Destination.Client(var client)
                    when client.kind().needsConsent() && !mayGiveAway(guest) ->
                    new ArrivalResult.NotFromHere();
            case Destination.Client(var client) when client.kind().needsConsent() ->
                    consents.insert(visitor.home(), guest, client)
                            .<ArrivalResult>map(ArrivalResult.AskConsent::new)
                            .orElseGet(ArrivalResult.TooMany::new);
            case Destination.Client(var client) -> arriveAllowed(guest, visitor, client);
            case Destination.HandOff _ ->
                    throw new IllegalStateException("nobody arrives by a hand-off here");
        };
    }

    /// What a program gets belongs to no session, and outlives the one that it was asked in.
    private static boolean mayGiveAway(Guest guest) {
        return switch (guest.holder()) {
            case Holder.OfBrowser _ -> true;
            case Holder.OfSession(var session) -> session.way().isAPersonsOwn();
        };
    }

    private ArrivalResult arriveAt(String path, Guest guest, Visitor visitor) {
        LoginHome home = homes.get(visitor.home());
        try {
            home.homeSignIn().applyRole(provisioning(guest, visitor));
            return new ArrivalResult.GoOn(visitor.origin().resolve(path));
        } catch (HomeAssistantUnavailable unavailable) {
            return trouble(home, visitor, unavailable);
        }
    }

    /// As [#arrive], for a client that the person has just allowed.
    public ArrivalResult arriveAllowed(Guest guest, Visitor visitor, ClientRequest client) {
        LoginHome home = homes.get(visitor.home());
        try {
            HomeSignInResult result =
                    home.homeSignIn()
                            .signIn(
                                    provisioning(guest, visitor),
                                    client.clientId(),
                                    client.redirectForHomeAssistant());
            return switch (result) {
                case HomeSignInResult.AttachedUserGone _ ->
                        new ArrivalResult.Refused(HomeRefusal.USER_GONE);
                case HomeSignInResult.Answered(var userId, var answer) ->
                        settle(home, Claimant.of(guest), new Errand(userId, client), answer);
            };
        } catch (HomeAssistantUnavailable unavailable) {
            return trouble(home, visitor, unavailable);
        }
    }

    private static ProvisioningRequest provisioning(Guest guest, Visitor visitor) {
        return new ProvisioningRequest(
                guest.account().id(),
                guest.account().displayName(),
                visitor.client().accountable());
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
            if (result instanceof LoginFlowResult.WrongMfaCode) {
                refusals.noteFailed(
                        visitor, WayIn.SECOND_FACTOR, question.account().value(), "wrong-code");
            }
            return settle(
                    home,
                    new Claimant(question.account(), question.accountEpoch(), found.get().holder()),
                    question.errand(),
                    result);
        } catch (HomeAssistantUnavailable unavailable) {
            return trouble(home, visitor, unavailable);
        }
    }

    private record Asked(Holder holder, Question question) {}

    private ArrivalResult settle(
            LoginHome home, Claimant claimant, Errand errand, LoginFlowResult result) {
        return switch (result) {
            case LoginFlowResult.Code(var code) ->
                    leave(
                            errand.client(),
                            errand.client()
                                    .answerWith(
                                            codes.mint(
                                                    home.config().name(),
                                                    claimant,
                                                    errand.client(),
                                                    new Inner.Unredeemed(
                                                            code, errand.homeAssistantUserId())),
                                            home.canonical()));
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
            LoginHome home, Claimant claimant, Errand errand, MfaStep step, boolean isAgain) {
        Question question = new Question(step, claimant.account(), claimant.epoch(), errand);
        return new ArrivalResult.SecondFactor(
                questions.insert(home.config().name(), claimant.holder(), question),
                step,
                errand.client(),
                isAgain);
    }

    /// Where an answer to a client takes the browser.
    static ArrivalResult leave(ClientRequest client, URI answer) {
        return client.kind() != ClientKind.OWN && client.leadsToWeb()
                ? new ArrivalResult.Leave(answer, client)
                : new ArrivalResult.GoOn(answer);
    }

    /// As [#arrive(Guest, Visitor, Destination)], for somebody who has just proved their own login
    /// of Home Assistant: what that gave is what their browser gets, so that nobody is asked for a
    /// second factor twice. Where no page of this home waits for a code, it ends.
    public ArrivalResult arrive(
            Guest guest, Visitor visitor, Destination destination, Inner.Redeemed login) {
        if (destination instanceof Destination.Client(var client)
                && !client.kind().needsConsent()) {
            return arriveWith(login, guest, visitor, client);
        }
        giveUp(visitor.home(), login);
        return arrive(guest, visitor, destination);
    }

    /// The hidden credential is made or mended too: by it the person's access ends.
    private ArrivalResult arriveWith(
            Inner.Redeemed login, Guest guest, Visitor visitor, ClientRequest client) {
        LoginHome home = homes.get(visitor.home());
        boolean isUsed = false;
        try {
            if (!home.homeSignIn().provision(provisioning(guest, visitor))
                    || !home.homeSignIn()
                            .isUserOf(guest.account().id(), login.homeAssistantUserId())) {
                return new ArrivalResult.Refused(HomeRefusal.USER_GONE);
            }
            Secret code = codes.mint(visitor.home(), Claimant.of(guest), client, login);
            isUsed = true;
            return leave(client, client.answerWith(code, home.canonical()));
        } catch (HomeAssistantUnavailable unavailable) {
            return trouble(home, visitor, unavailable);
        } finally {
            if (!isUsed) {
                giveUp(visitor.home(), login);
            }
        }
    }

    /// Ends what Home Assistant gave at a login that came to nothing.
    public void giveUp(HomeId home, Inner.Redeemed login) {
        codes.discard(home, login.tokens());
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
