package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountSearch;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.http.LocalAddress;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Pager;
import dev.vestibule.http.Page.Part.Search;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.WordsField;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `/auth/vestibule/console/people`: everybody, or whom one looks for; below it, one of them.
final class PeoplePage implements ConsolePage {

    private static final int ROWS = 50;

    private final AccountStore accounts;
    private final AccountSearch search;
    private final People people;
    private final PersonPage person;
    private final PersonChanges changes;

    PeoplePage(
            AccountStore accounts,
            AccountSearch search,
            People people,
            PersonPage person,
            PersonChanges changes) {
        this.accounts = accounts;
        this.search = search;
        this.people = people;
        this.person = person;
        this.changes = changes;
    }

    @Override
    public Response show(Steward steward, Request request) {
        Optional<String> id = ConsolePlace.PEOPLE.childOf(request);
        if (id.isEmpty()) {
            return list(steward, request);
        }
        return people.find(steward, id.get())
                .map(found -> person.show(steward, request, found))
                .orElseGet(() -> ConsolePages.notFound(steward, ConsolePlace.PEOPLE));
    }

    @Override
    public Response change(Steward steward, Request request) {
        Optional<Account> found =
                ConsolePlace.PEOPLE.childOf(request).flatMap(id -> people.find(steward, id));
        Optional<PersonChange> change = request.form().single("change").flatMap(PersonChange::of);
        if (found.isEmpty() || change.isEmpty() || !people.mayChange(steward, found.get())) {
            return ConsolePages.notFound(steward, ConsolePlace.PEOPLE);
        }
        String here = ConsolePlace.PEOPLE.path(found.get().id().value());
        if (change.get().givesAway() && !steward.mayGiveAway()) {
            return ConsolePages.refused(
                    steward, ConsolePlace.PEOPLE, text("console.refused.emergency"), here);
        }
        return change.get().isDangerous(people.isAdministrator(found.get())) && !steward.isFresh()
                ? ConsolePages.notFresh(steward, ConsolePlace.PEOPLE, here)
                : changes.apply(steward, found.get(), change.get(), request.form());
    }

    private Response list(Steward steward, Request request) {
        String words = request.query().single("q").orElse("").strip();
        Set<HomeId> homes = steward.isEverywhere() ? Set.of() : steward.homes();
        AccountSearch.Found found =
                search.find(new AccountSearch.Query(words, homes, after(request), ROWS));
        return ConsolePages.page(
                steward,
                request,
                ConsolePlace.PEOPLE,
                ConsolePlace.PEOPLE.label(),
                List.of(
                        new Search(
                                ConsolePlace.PEOPLE.path(),
                                List.of(new WordsField("q", text("console.people.words"), words)),
                                text("console.search")),
                        table(steward, found.accounts(), words),
                        new Pager(Optional.empty(), next(found, words))));
    }

    private static Optional<AccountSearch.After> after(Request request) {
        return request.query()
                .single("after")
                .map(
                        username ->
                                new AccountSearch.After(
                                        username, request.query().single("id").orElse("")));
    }

    private static Optional<String> next(AccountSearch.Found found, String words) {
        if (!found.hasMore()) {
            return Optional.empty();
        }
        Account last = found.accounts().getLast();
        return Optional.of(
                LocalAddress.of(ConsolePlace.PEOPLE.path())
                        .with("q", words)
                        .with("after", last.username())
                        .with("id", last.id().value())
                        .toString());
    }

    private Table table(Steward steward, List<Account> people, String words) {
        return new Table(
                ConsolePlace.PEOPLE.label(),
                List.of(
                        text("console.people.name"),
                        text("console.people.username"),
                        text("console.people.state"),
                        text("console.people.roles"),
                        text("console.people.last-seen")),
                people.stream().map(person -> row(steward, person)).toList(),
                text(words.isEmpty() ? "console.people.empty" : "console.people.none-found"));
    }

    private List<Cell> row(Steward steward, Account person) {
        return List.of(
                new Cell.Link(
                        Text.verbatim(person.displayName()),
                        ConsolePlace.PEOPLE.path(person.id().value())),
                Cell.words(Text.verbatim(person.username())),
                PersonWords.state(person),
                PersonWords.roles(steward, accounts, person),
                new Cell.Moment(person.lastSeenAt()));
    }
}
