package dev.vestibule.admission;

import dev.vestibule.config.Linking;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// Asks people who come for the first time whether they have a login in Home Assistant already,
/// before they get a user of their own; only where the configuration offers that. Safe to share
/// between threads.
record FirstArrival(LoginHomes homes) implements Stopover {

    @Override
    public Optional<String> page(Guest guest, Visitor visitor, Destination destination) {
        return isToBeAsked(guest, visitor, destination)
                ? Optional.of(Paths.LINK)
                : Optional.empty();
    }

    /// An app's web view is on its way out of a sign-in, and is not held up.
    private boolean isToBeAsked(Guest guest, Visitor visitor, Destination destination) {
        LoginHome home = homes.get(visitor.home());
        return home.config().signIn().linking() == Linking.OFFER
                && destination instanceof Destination.Client(var client)
                && client.kind().isBoundToSession()
                && guest.holder() instanceof Guest.Holder.OfSession(var session)
                && isNewHere(session.way())
                && !home.homeSignIn().hasUser(guest.account().id());
    }

    /// Whether a person may have a login in Home Assistant that we do not know of. Whoever came in
    /// by that login has shown it.
    private static boolean isNewHere(SignInWay way) {
        return way.isAPersonsOwn() && way != SignInWay.LOCAL;
    }
}
