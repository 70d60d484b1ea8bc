package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.client.ClientStanding;
import dev.vestibule.client.Clients;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.ClientSearch;
import dev.vestibule.grant.GrantId;
import dev.vestibule.grant.GrantKind;
import dev.vestibule.grant.GrantSearch;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.http.LocalAddress;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Facts;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.LesserButton;
import dev.vestibule.http.Page.Part.Named;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.Search;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Page.Part.WordsField;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.visit.LongList;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `/auth/vestibule/console/clients/HOME?client=ID`: one client at a home, who gave it access and
/// from where, and a button that takes that back.
///
/// Nobody's yes is remembered: a client that comes again asks again, and each yes becomes one
/// grant. So the consents in force are the client's grants, and taking one back is ending it.
final class ClientPage {

    private static final ConsolePlace PLACE = ConsolePlace.CLIENTS;
    private static final int ROWS = 50;

    private final ClientSearch clients;
    private final GrantSearch grants;
    private final SessionLifecycle lifecycle;
    private final ConsoleHomes homes;
    private final AddressWords addresses;

    ClientPage(
            ClientSearch clients,
            GrantSearch grants,
            SessionLifecycle lifecycle,
            ConsoleHomes homes,
            AddressWords addresses) {
        this.clients = clients;
        this.grants = grants;
        this.lifecycle = lifecycle;
        this.homes = homes;
        this.addresses = addresses;
    }

    /// A client that came, or that the configuration names.
    private record Shown(ClientSearch.Line line, ClientStanding standing) {

        Text name() {
            return ClientWords.name(standing, line.clientId());
        }

        LocalAddress address() {
            return ClientWords.address(line.home(), line.clientId());
        }

        boolean isOwn() {
            return ClientWords.isOwn(standing);
        }
    }

    Response show(Steward steward, Request request, String home) {
        return find(steward, request, home)
                .map(shown -> show(steward, request, shown))
                .orElseGet(() -> ConsolePages.notFound(steward, PLACE));
    }

    /// Attack: an address that has the console speak of a client of its writer's. What never came
    /// and nobody listed is not there.
    private Optional<Shown> find(Steward steward, Request request, String homeName) {
        String clientId = request.query().single("client").orElse("");
        return own(steward, homeName)
                .flatMap(
                        home -> {
                            Clients judge = homes.get(home).clients();
                            return clients.find(home, clientId)
                                    .or(() -> neverSeen(judge, home, clientId))
                                    .map(line -> new Shown(line, judge.standing(clientId)));
                        });
    }

    private static Optional<HomeId> own(Steward steward, String name) {
        return steward.homes().stream().filter(home -> home.value().equals(name)).findFirst();
    }

    private static Optional<ClientSearch.Line> neverSeen(
            Clients judge, HomeId home, String clientId) {
        return judge.listed().contains(clientId)
                ? Optional.of(ClientSearch.Line.neverSeen(home, clientId))
                : Optional.empty();
    }

    private Response show(Steward steward, Request request, Shown shown) {
        String words = request.query().single("q").orElse("").strip();
        LongList list = LongList.of(shown.address().with("q", words), request);
        GrantSearch.Found found =
                grants.find(
                        GrantSearch.Query.at(Set.of(shown.line().home()), list.after(), ROWS)
                                .through(shown.line().clientId())
                                .with(words));
        String kind = shown.isOwn() ? "console.clients.pages" : "console.clients.consents";
        List<Part> parts = new ArrayList<>();
        parts.add(facts(shown));
        parts.add(new Heading(text(kind)));
        parts.add(new Quiet(text(kind + ".text")));
        parts.add(search(shown, words));
        parts.add(
                new Table(
                        text(kind),
                        List.of(
                                text("console.column.person"),
                                text("console.clients.given"),
                                text("console.column.from"),
                                text("console.clients.grant"),
                                text("console.column.last-used"),
                                text("console.column.open"),
                                Text.nothing()),
                        found.grants().stream().map(line -> row(shown, line)).toList(),
                        text(words.isEmpty() ? kind + ".empty" : "console.people.none-found")));
        parts.add(list.pager(found.next()));
        if (steward.mayEnter(ConsolePlace.AUDIT)) {
            parts.add(
                    new LesserButton(
                            text("console.person.audit"),
                            LocalAddress.of(ConsolePlace.AUDIT.path())
                                    .with("q", shown.line().clientId())
                                    .toString()));
        }
        return ConsolePages.page(steward, request, PLACE, shown.name(), parts);
    }

    private static Facts facts(Shown shown) {
        ClientSearch.Line line = shown.line();
        List<Named> facts = new ArrayList<>();
        facts.add(new Named(text("console.clients.id"), new Cell.Literal(line.clientId())));
        if (namesItself(shown)) {
            facts.add(
                    new Named(
                            text("console.clients.calls-itself"),
                            Cell.words(Text.verbatim(line.name()))));
        }
        facts.add(
                new Named(
                        text("console.person.home"),
                        Cell.words(Text.verbatim(line.home().value()))));
        facts.add(
                new Named(
                        text("console.clients.treatment"),
                        ClientWords.treatment(shown.standing())));
        facts.add(
                new Named(
                        text("console.clients.live"),
                        Cell.words(Text.verbatim(Integer.toString(line.live())))));
        facts.add(
                new Named(
                        text("console.people"),
                        Cell.words(Text.verbatim(Integer.toString(line.people())))));
        if (line.hasBeenSeen()) {
            facts.add(
                    new Named(
                            text("console.column.last-used"), new Cell.Moment(line.lastUsedAt())));
        }
        return new Facts(facts);
    }

    /// Apps are called by their phones, and our own pages by their address.
    private static boolean namesItself(Shown shown) {
        String name = shown.line().name();
        return !name.isEmpty()
                && !name.equals(shown.line().clientId())
                && ClientWords.isNamedByItself(shown.standing());
    }

    private static Search search(Shown shown, String words) {
        return new Search(
                shown.address().path(),
                List.of(new Hidden("client", shown.line().clientId())),
                List.of(new WordsField("q", text("console.people.words"), words)),
                text("console.search"));
    }

    private List<Cell> row(Shown shown, GrantSearch.Line line) {
        GrantSummary grant = line.grant();
        return List.of(
                grant.kind() == GrantKind.CLIENT
                        ? GrantWords.person(line)
                        : new Cell.Several(
                                List.of(
                                        GrantWords.person(line),
                                        new Cell.Badge(GrantWords.kind(grant.kind()), Tone.PLAIN))),
                new Cell.Moment(grant.createdAt()),
                GrantWords.from(grant, addresses),
                new Cell.Literal(grant.id().value()),
                new Cell.Moment(grant.lastUsedAt()),
                Cell.words(Text.verbatim(Integer.toString(line.openCount()))),
                new Cell.Act(
                        shown.address().toString(),
                        List.of(new Hidden("grant", grant.id().value())),
                        text(shown.isOwn() ? "console.grants.end" : "console.clients.take-back"),
                        Tone.PLAIN));
    }

    /// Attack: the id of a grant of another home, or of another client than the page showed.
    Response change(Steward steward, Request request, String home) {
        Optional<Shown> shown = find(steward, request, home);
        Optional<GrantSummary> grant =
                request.form().single("grant").flatMap(id -> grants.find(new GrantId(id)));
        if (shown.isEmpty()
                || grant.isEmpty()
                || !isOf(grant.get(), shown.get().line())
                || !lifecycle.endGrant(grant.get().id(), steward.cause())) {
            return ConsolePages.notFound(steward, PLACE);
        }
        ConsoleNotice notice =
                shown.get().isOwn() ? ConsoleNotice.GRANT_ENDED : ConsoleNotice.CONSENT_TAKEN_BACK;
        return ConsolePages.goTo(steward, notice.at(shown.get().address()));
    }

    private static boolean isOf(GrantSummary grant, ClientSearch.Line client) {
        return grant.home().equals(client.home()) && grant.clientId().equals(client.clientId());
    }
}
