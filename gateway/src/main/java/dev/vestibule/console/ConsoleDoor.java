package dev.vestibule.console;

import dev.vestibule.account.AccountStore;
import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Paths;
import dev.vestibule.admission.RecentProof;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who comes into the console: a browser that is signed in as an administrator of the home it asks,
/// by a way that is a person's own, or as the emergency administrator. Wall tablets never do. Safe
/// to share between threads.
final class ConsoleDoor {

    private final InstantSource time;
    private final Insiders insiders;
    private final AccountStore accounts;
    private final HomeId first;
    private final Set<HomeId> homes;

    /// @param first the home at whose address the others are administered, too
    ConsoleDoor(
            InstantSource time,
            Insiders insiders,
            AccountStore accounts,
            HomeId first,
            Set<HomeId> homes) {
        this.time = time;
        this.insiders = insiders;
        this.accounts = accounts;
        this.first = first;
        this.homes = homes;
    }

    /// Who it is, or what they hear instead.
    sealed interface Entry {

        record Entered(Steward steward) implements Entry {}

        record TurnedAway(Response answer) implements Entry {}
    }

    Entry enter(Request request, ConsolePlace place) {
        Visitor visitor = Visitor.of(request);
        if (!isLookingForNews(request, visitor, place)) {
            return enter(request, visitor, place, insiders.find(visitor));
        }
        Entry entry = enter(request, visitor, place, insiders.peek(visitor));
        return entry instanceof Entry.TurnedAway
                ? new Entry.TurnedAway(ConsolePages.noMoreNews(place))
                : entry;
    }

    /// Attack: whoever has a stolen cookie says of each request that a page made it by itself, so
    /// that nobody sees that the session is in use.
    private static boolean isLookingForNews(Request request, Visitor visitor, ConsolePlace place) {
        return place.hasNews() && visitor.isPageItself() && request.method().equals("GET");
    }

    private Entry enter(
            Request request, Visitor visitor, ConsolePlace place, Optional<Insider> insider) {
        if (insider.isEmpty()) {
            return new Entry.TurnedAway(
                    Response.redirect(visitor.origin().resolve(Paths.signIn(place.path()))));
        }
        if (insider.get().role() != Role.ADMIN
                || !isTrusted(insider.get().session().way())
                || !insiders.isHere(visitor, insider.get())) {
            return new Entry.TurnedAway(ConsolePages.notForYou(visitor.reference()));
        }
        Steward steward = steward(visitor, insider.get());
        if (!steward.mayEnter(place)) {
            return new Entry.TurnedAway(ConsolePages.notForYou(visitor.reference()));
        }
        return isOwnForm(request, visitor)
                ? new Entry.Entered(steward)
                : new Entry.TurnedAway(AdmissionPages.forbidden(visitor.reference()));
    }

    /// Attack: a form on another site that an administrator's browser posts.
    private static boolean isOwnForm(Request request, Visitor visitor) {
        return !request.method().equals("POST") || OriginCheck.isOwn(visitor);
    }

    private static boolean isTrusted(SignInWay way) {
        return way.isAPersonsOwn() || way == SignInWay.BREAK_GLASS;
    }

    private Steward steward(Visitor visitor, Insider insider) {
        Set<HomeId> own =
                homes.stream()
                        .filter(home -> isTheirs(visitor, insider, home))
                        .collect(Collectors.toUnmodifiableSet());
        return new Steward(
                visitor,
                insider,
                own,
                own.equals(homes),
                RecentProof.isIn(insider.session(), time.instant()));
    }

    /// Attack: a card, an add-on's page or a file that the Home Assistant of one home serves is of
    /// the same origin as the console at that home's address, and acts as whoever looks at it; so
    /// that it reaches that home alone. The first home's is trusted with all of them.
    ///
    /// Attack: an administrator who may come in at one home from there only, and from elsewhere by
    /// another home.
    private boolean isTheirs(Visitor visitor, Insider insider, HomeId home) {
        return home.equals(visitor.home())
                || (visitor.home().equals(first)
                        && accounts.roleOf(insider.account().id(), home)
                                .equals(Optional.of(Role.ADMIN))
                        && insiders.isHereToo(visitor, insider, home));
    }
}
