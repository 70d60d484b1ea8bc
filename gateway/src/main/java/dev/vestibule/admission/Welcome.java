package dev.vestibule.admission;

import dev.vestibule.account.Account;
import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Response;
import dev.vestibule.http.SetCookie;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.SessionCookie;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Receives whoever proved who they are: what every way in calls last. Safe to share between
/// threads.
public final class Welcome {

    private final InstantSource time;
    private final LoginHomes homes;
    private final LoginDispatcher dispatcher;
    private final Stopovers stopovers;
    private final Arrival arrival;
    private final HandOffs handOffs;

    Welcome(
            InstantSource time,
            LoginHomes homes,
            LoginDispatcher dispatcher,
            Stopovers stopovers,
            Arrival arrival,
            HandOffs handOffs) {
        this.time = time;
        this.homes = homes;
        this.dispatcher = dispatcher;
        this.stopovers = stopovers;
        this.arrival = arrival;
        this.handOffs = handOffs;
    }

    /// Signs a browser in and brings it to where it wanted to be, or says why not.
    public Response admit(ProvenIdentity identity, Visitor visitor, Destination destination) {
        return destination instanceof Destination.HandOff handOff
                ? handOver(identity, visitor, handOff)
                : answer(dispatcher.admit(identity, visitor), visitor, destination);
    }

    private Response handOver(
            ProvenIdentity identity, Visitor visitor, Destination.HandOff handOff) {
        if (!identity.way().isAPersonsOwn()) {
            return AdmissionPages.notAPerson(handOff, visitor.reference());
        }
        Admission admission = dispatcher.recognise(identity, visitor);
        return admission instanceof Admission.Recognised(var account, _)
                ? showCode(handOff.link(), account, identity.proof(), visitor)
                : refusal(admission, visitor, handOff);
    }

    /// Shows somebody who may come in, but is not signed in here, what to type into an app.
    ///
    /// @param link names the hand-off
    public Response showCode(String link, Account account, Proof proof, Visitor visitor) {
        return handOffs.confirm(link, account, proof, visitor);
    }

    /// As [#admit(ProvenIdentity, Visitor, Destination)], for somebody who proved their own login
    /// of Home Assistant.
    ///
    /// @param login what that gave; it is used up, or ends, whatever becomes of the person
    public Response admit(
            ProvenIdentity.HomeUser identity,
            Inner.Redeemed login,
            Visitor visitor,
            Destination destination) {
        if (destination instanceof Destination.HandOff) {
            arrival.giveUp(visitor.home(), login);
            return admit(identity, visitor, destination);
        }
        Admission admission = admitted(identity, login, visitor);
        return admission instanceof Admission.SignedIn(var insider, var cookie)
                ? arriveFirst(Guest.of(insider), login, visitor, destination)
                        .with(cookie(insider, cookie, visitor))
                : refusal(admission, visitor, destination);
    }

    /// Whoever is not let in, for whatever reason, leaves nothing behind in Home Assistant.
    private Admission admitted(
            ProvenIdentity.HomeUser identity, Inner.Redeemed login, Visitor visitor) {
        boolean isIn = false;
        try {
            Admission admission = dispatcher.admit(identity, visitor);
            isIn = admission instanceof Admission.SignedIn;
            return admission;
        } finally {
            if (!isIn) {
                arrival.giveUp(visitor.home(), login);
            }
        }
    }

    private Response arriveFirst(
            Guest guest, Inner.Redeemed login, Visitor visitor, Destination destination) {
        return stopover(guest, login, visitor, destination)
                .orElseGet(
                        () -> answer(arrival.arrive(guest, visitor, destination, login), visitor));
    }

    /// Whoever is to see a page first is asked for a second factor once more afterwards.
    private Optional<Response> stopover(
            Guest guest, Inner.Redeemed login, Visitor visitor, Destination destination) {
        boolean goesOn = false;
        try {
            Optional<Response> page = stopovers.first(guest, visitor, destination);
            goesOn = page.isEmpty();
            return page;
        } finally {
            if (!goesOn) {
                arrival.giveUp(visitor.home(), login);
            }
        }
    }

    private Response answer(Admission admission, Visitor visitor, Destination destination) {
        return admission instanceof Admission.SignedIn(var insider, var cookie)
                ? arrive(Guest.of(insider), visitor, destination)
                        .with(cookie(insider, cookie, visitor))
                : refusal(admission, visitor, destination);
    }

    /// The cookie goes with its session.
    public SetCookie cookie(Insider insider, Secret value, Visitor visitor) {
        return SessionCookie.of(
                value,
                Duration.between(time.instant(), insider.session().expiresAt()),
                visitor.isSecure());
    }

    /// The page for somebody who is not let in.
    public Response refusal(Admission admission, Visitor visitor, Destination destination) {
        return switch (admission) {
            case Admission.NoRole(var name) ->
                    AdmissionPages.noRole(
                            name,
                            homes.get(visitor.home()).canonical().authority(),
                            destination,
                            visitor.reference());
            case Admission.Suspended(var name) ->
                    AdmissionPages.suspended(name, visitor.reference());
            case Admission.Lapsed(var name) ->
                    AdmissionPages.lapsed(name, destination, visitor.reference());
            case Admission.SwitchedOff() ->
                    AdmissionPages.refusedByHome(HomeRefusal.INACTIVE, visitor.reference());
            case Admission.Unknown() -> AdmissionPages.stale(visitor.reference());
            case Admission.ProofGone() -> AdmissionPages.proofGone(visitor.reference());
            case Admission.SignedIn _, Admission.Recognised _ ->
                    throw new IllegalStateException("nobody was refused");
        };
    }

    /// Brings somebody who was let in to where they wanted to be. They may be asked something on
    /// the way.
    public Response arrive(Guest guest, Visitor visitor, Destination destination) {
        return stopovers
                .first(guest, visitor, destination)
                .orElseGet(() -> arriveAsNewcomer(guest, visitor, destination));
    }

    /// As [#arrive(Guest, Visitor, Destination)], for somebody who said that they have no login in
    /// Home Assistant.
    public Response arriveAsNewcomer(Guest guest, Visitor visitor, Destination destination) {
        return answer(arrival.arrive(guest, visitor, destination), visitor);
    }

    /// As [#arrive(Guest, Visitor, Destination)], for somebody who has just proved a login of Home
    /// Assistant and has its user now.
    ///
    /// @param login what the proof gave; it is used up, or ends
    public Response arrive(
            Guest guest, Visitor visitor, Destination destination, Inner.Redeemed login) {
        return answer(arrival.arrive(guest, visitor, destination, login), visitor);
    }

    /// Brings the browser to a client with an answer.
    Response leave(Visitor visitor, ClientRequest client, URI answer) {
        return answer(Arrival.leave(client, answer), visitor);
    }

    /// Where a form may lead whose answer can be that somebody arrives.
    public List<String> formTargets(Visitor visitor, Destination destination) {
        Stream<String> ours = homes.get(visitor.home()).origins().stream().map(Origin::toString);
        return switch (destination) {
            case Destination.Page _, Destination.HandOff _ -> ours.toList();
            case Destination.Client(var client) ->
                    Stream.concat(ours, Stream.of(client.formTarget())).distinct().toList();
        };
    }

    /// As [#arrive], for a client that the person has just allowed by what they did: pressed a
    /// button that names it, or typed a code into it.
    public Response arriveAllowed(Guest guest, Visitor visitor, ClientRequest client) {
        return answer(arrival.arriveAllowed(guest, visitor, client), visitor);
    }

    /// Takes the answer to a question for a second factor.
    ///
    /// @param question names it, as the form has it
    Response answer(List<Holder> holders, Visitor visitor, Secret question, Secret answer) {
        return answer(arrival.answer(holders, visitor, question, answer), visitor);
    }

    private Response answer(ArrivalResult result, Visitor visitor) {
        return switch (result) {
            case ArrivalResult.GoOn(var location) -> Response.redirect(location);
            case ArrivalResult.Leave(var location, var client) ->
                    ConsentPages.leave(location, client);
            case ArrivalResult.AskConsent(var request) ->
                    Response.redirect(
                            visitor.origin()
                                    .resolve(Paths.CONSENT + "?request=" + request.reveal()));
            case ArrivalResult.NotFromHere() -> ConsentPages.notFromHere(visitor.reference());
            case ArrivalResult.TooMany() -> AdmissionPages.tooMany(visitor.reference());
            case ArrivalResult.SecondFactor asked ->
                    SecondFactorPages.ask(
                            new SecondFactorPages.Form(
                                    Paths.MFA, asked.question(), asked.step(), asked.isAgain()),
                            formTargets(visitor, new Destination.Client(asked.client())));
            case ArrivalResult.NoSuchQuestion() -> AdmissionPages.stale(visitor.reference());
            case ArrivalResult.ProofGone() -> AdmissionPages.proofGone(visitor.reference());
            case ArrivalResult.TooManyCodes() ->
                    SecondFactorPages.tooManyCodes(visitor.reference());
            case ArrivalResult.Refused(var reason) ->
                    AdmissionPages.refusedByHome(reason, visitor.reference());
            case ArrivalResult.Trouble(var trouble) ->
                    AdmissionPages.trouble(trouble, visitor.reference());
        };
    }
}
