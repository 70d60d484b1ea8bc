package dev.vestibule.admission;

import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.admission.SecondFactors.Asked;
import dev.vestibule.admission.SecondFactors.Door;
import dev.vestibule.admission.SecondFactors.Question;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.audit.WayIn;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.AuthorizationCode;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.LoginAbort;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.provisioning.HomeSignInResult;
import dev.vestibule.provisioning.ProvisioningRequest;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Brings a signed-in person to where they wanted to go: for a client, makes or mends their Home
/// Assistant user, runs the login flow, and mints our code. Safe to share between threads.
///
/// A crash between the steps leaves nothing that the next sign-in does not finish.
public final class Arrival {

    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    private final LoginHomes homes;
    private final CodeMint mint;
    private final SecondFactors secondFactors;
    private final PendingConsentStore consents;
    private final Decoys decoys;
    private final RefusalLog refusals;

    Arrival(
            LoginHomes homes,
            CodeMint mint,
            SecondFactors secondFactors,
            PendingConsentStore consents,
            Decoys decoys,
            RefusalLog refusals) {
        this.homes = homes;
        this.mint = mint;
        this.secondFactors = secondFactors;
        this.consents = consents;
        this.decoys = decoys;
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
            // An app that is let in by a typed code has nothing to ask.
            case Holder.OfBrowser _ -> false;
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
                                    decoys.inPlaceOf(visitor.client()),
                                    client.clientId(),
                                    client.redirectForHomeAssistant());
            return switch (result) {
                case HomeSignInResult.AttachedUserGone _ ->
                        new ArrivalResult.Refused(HomeRefusal.USER_GONE);
                case HomeSignInResult.Answered(var userId, var answer) ->
                        settle(
                                new Underway(
                                        home,
                                        visitor,
                                        Claimant.of(guest, visitor),
                                        new Errand(userId, client),
                                        secondFactors.expiry()),
                                answer);
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
    ArrivalResult answer(List<Holder> holders, Visitor visitor, Secret id, Secret answer) {
        Optional<Asked> asked = secondFactors.find(visitor.home(), Door.ARRIVAL, holders, id);
        if (asked.isEmpty()) {
            return new ArrivalResult.NoSuchQuestion();
        }
        return switch (secondFactors.take(asked.get())) {
            case TAKEN -> answer(asked.get(), visitor, answer);
            case TOO_MANY_CODES -> {
                refusals.note(
                        visitor,
                        WayIn.SECOND_FACTOR,
                        accountOf(asked.get()),
                        RefusalReason.TOO_MANY_CODES);
                yield new ArrivalResult.TooManyCodes();
            }
            case GONE -> new ArrivalResult.NoSuchQuestion();
        };
    }

    private ArrivalResult answer(Asked asked, Visitor visitor, Secret answer) {
        LoginHome home = homes.get(visitor.home());
        try {
            LoginFlowResult result = secondFactors.judge(asked, answer);
            if (isWrong(result)) {
                refusals.noteFailed(
                        visitor, WayIn.SECOND_FACTOR, accountOf(asked), RefusalReason.WRONG_CODE);
            }
            HeldUpArrival held = HeldUpArrival.of(asked.question().errand());
            return settle(
                    new Underway(
                            home,
                            visitor,
                            held.claimant(asked.holder(), visitor),
                            held.errand(),
                            asked.question().expiresAt()),
                    result);
        } catch (HomeAssistantUnavailable unavailable) {
            return trouble(home, visitor, unavailable);
        }
    }

    private static boolean isWrong(LoginFlowResult result) {
        return switch (result) {
            case LoginFlowResult.WrongMfaCode _ -> true;
            case LoginFlowResult.Aborted(var reason) -> reason == LoginAbort.TOO_MANY_TRIES;
            case LoginFlowResult.Code _,
                    LoginFlowResult.MfaRequired _,
                    LoginFlowResult.Refused _,
                    LoginFlowResult.InvalidCredentials _ ->
                    false;
        };
    }

    private static String accountOf(Asked asked) {
        return HeldUpArrival.of(asked.question().errand()).account().value();
    }

    /// Somebody for whom a flow of Home Assistant runs.
    ///
    /// @param expiresAt when Home Assistant gives up waiting
    private record Underway(
            LoginHome home, Visitor visitor, Claimant claimant, Errand errand, Instant expiresAt) {}

    private ArrivalResult settle(Underway person, LoginFlowResult result) {
        return switch (result) {
            case LoginFlowResult.Code(var code) -> leaveWith(person, code);
            case LoginFlowResult.MfaRequired(var step) -> ask(person, step, false);
            case LoginFlowResult.WrongMfaCode(var step) -> ask(person, step, true);
            case LoginFlowResult.Refused(var reason) ->
                    new ArrivalResult.Refused(HomeRefusal.of(reason));
            case LoginFlowResult.Aborted(var reason) ->
                    new ArrivalResult.Refused(HomeRefusal.of(reason));
            case LoginFlowResult.InvalidCredentials() ->
                    throw new IllegalStateException("the hidden credential was mended before");
        };
    }

    private ArrivalResult leaveWith(Underway person, AuthorizationCode inner) {
        ClientRequest client = person.errand().client();
        return mint.mint(
                        person.visitor(),
                        person.claimant(),
                        client,
                        new Inner.Unredeemed(inner, person.errand().homeAssistantUserId()))
                .map(code -> leave(client, client.answerWith(code, person.home().canonical())))
                .orElseGet(ArrivalResult.ProofGone::new);
    }

    private ArrivalResult ask(Underway person, MfaStep step, boolean isAgain) {
        Claimant claimant = person.claimant();
        HeldUpArrival held =
                new HeldUpArrival(
                        claimant.account(), claimant.epoch(), claimant.proof(), person.errand());
        Secret id =
                secondFactors.ask(
                        person.home().config().name(),
                        Door.ARRIVAL,
                        claimant.holder(),
                        new Question(
                                step,
                                person.errand().homeAssistantUserId(),
                                held.stored(),
                                person.expiresAt()));
        return new ArrivalResult.SecondFactor(id, step, person.errand().client(), isAgain);
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
            Optional<Secret> code = mint.mint(visitor, Claimant.of(guest, visitor), client, login);
            isUsed = code.isPresent();
            return code.map(made -> leave(client, client.answerWith(made, home.canonical())))
                    .orElseGet(ArrivalResult.ProofGone::new);
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
        mint.giveUp(home, login);
    }

    private static ArrivalResult trouble(
            LoginHome home, Visitor visitor, HomeAssistantUnavailable unavailable) {
        HomeTrouble trouble = HomeTrouble.of(home.homeAssistant().status());
        LOG.warn(
                "event=arrival-failed home={} trouble={} request={} reason=\"{}\"",
                visitor.home(),
                trouble,
                visitor.reference(),
                unavailable.reason());
        return new ArrivalResult.Trouble(trouble);
    }
}
