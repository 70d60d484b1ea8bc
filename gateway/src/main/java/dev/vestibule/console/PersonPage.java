package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountState;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Facts;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Named;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.provisioning.HomeUserStore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// `/auth/vestibule/console/people/ID`: one person, and what can be done about them.
final class PersonPage {

    private final AccountStore accounts;
    private final HomeUserStore homeUsers;
    private final AttachParts attaching;
    private final People people;
    private final LatestEvents latest;

    PersonPage(
            AccountStore accounts,
            HomeUserStore homeUsers,
            AttachParts attaching,
            People people,
            LatestEvents latest) {
        this.accounts = accounts;
        this.homeUsers = homeUsers;
        this.attaching = attaching;
        this.people = people;
        this.latest = latest;
    }

    Response show(Steward steward, Request request, Account person) {
        List<Part> parts = new ArrayList<>();
        parts.add(facts(steward, person));
        parts.add(links(steward, person));
        parts.add(new Heading(text("console.person.homes")));
        parts.add(homes(steward, person));
        if (people.mayChange(steward, person)) {
            parts.add(new Heading(text("console.person.actions")));
            parts.add(actions(person));
            if (isForAttaching(person) && steward.mayGiveAway()) {
                ownHomes(steward)
                        .forEach(home -> parts.addAll(attaching.of(request, person, home)));
            }
        } else {
            parts.add(
                    new Quiet(
                            text(
                                    person.origin() == AccountOrigin.BREAK_GLASS
                                            ? "console.person.emergency"
                                            : "console.person.elsewhere")));
        }
        if (steward.mayEnter(ConsolePlace.AUDIT)) {
            parts.add(new Heading(text("console.person.audit")));
            parts.add(latest.of(person));
        }
        return ConsolePages.page(
                steward, request, ConsolePlace.PEOPLE, Text.verbatim(person.displayName()), parts);
    }

    private static boolean isForAttaching(Account person) {
        return person.origin().isAPersons() && person.isActive();
    }

    private static Stream<HomeId> ownHomes(Steward steward) {
        return steward.homes().stream().sorted(Comparator.comparing(HomeId::value));
    }

    private Facts facts(Steward steward, Account person) {
        return new Facts(
                List.of(
                        new Named(text("console.people.state"), PersonWords.state(person)),
                        new Named(
                                text("console.people.username"),
                                Cell.words(Text.verbatim(person.username()))),
                        new Named(
                                text("console.people.roles"),
                                PersonWords.roles(steward, accounts, person)),
                        new Named(
                                text("console.person.origin"),
                                Cell.words(PersonWords.origin(person.origin()))),
                        new Named(
                                text("console.people.last-seen"),
                                new Cell.Moment(person.lastSeenAt())),
                        new Named(
                                text("console.person.id"), new Cell.Literal(person.id().value()))));
    }

    private static Part links(Steward steward, Account person) {
        return new Facts(
                Stream.of(ConsolePlace.SESSIONS, ConsolePlace.GRANTS, ConsolePlace.AUDIT)
                        .filter(steward::mayEnter)
                        .map(place -> link(place, person))
                        .toList());
    }

    private static Named link(ConsolePlace place, Account person) {
        return new Named(
                place.label(),
                new Cell.Link(
                        text("console.person." + place.key()),
                        place.path() + "?account=" + person.id().value()));
    }

    private Table homes(Steward steward, Account person) {
        return new Table(
                text("console.person.homes"),
                List.of(text("console.person.home"), text("console.person.user")),
                ownHomes(steward)
                        .flatMap(
                                home ->
                                        homeUsers.userIdOf(person.id(), home).stream()
                                                .map(user -> row(home, user)))
                        .toList(),
                text("console.person.no-user"));
    }

    private static List<Cell> row(HomeId home, String user) {
        return List.of(Cell.words(Text.verbatim(home.value())), new Cell.Literal(user));
    }

    /// The sentence says what a button means, before it is pressed.
    private static Facts actions(Account person) {
        List<PersonChange> changes =
                person.state() == AccountState.SUSPENDED
                        ? List.of(PersonChange.RESTORE, PersonChange.REMOVE)
                        : List.of(PersonChange.SIGN_OUT, PersonChange.SUSPEND, PersonChange.REMOVE);
        return new Facts(
                changes.stream()
                        .map(change -> new Named(change.meaning(), button(person, change)))
                        .toList());
    }

    private static Cell button(Account person, PersonChange change) {
        return new Cell.Act(
                ConsolePlace.PEOPLE.path(person.id().value()),
                List.of(new Hidden("change", change.key())),
                change.label(),
                change == PersonChange.REMOVE ? Tone.DANGER : Tone.PLAIN);
    }
}
