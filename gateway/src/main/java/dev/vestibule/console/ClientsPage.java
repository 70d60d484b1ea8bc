package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.client.ClientStanding;
import dev.vestibule.client.Clients;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.ClientSearch;
import dev.vestibule.http.LocalAddress;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.Search;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.WordsField;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.visit.LongList;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// `/auth/vestibule/console/clients`: which OAuth clients have come, what the configuration says of
/// them and of those that have not, and who was turned away; below it, one client.
final class ClientsPage implements ConsolePage {

    private static final ConsolePlace PLACE = ConsolePlace.CLIENTS;
    private static final int ROWS = 50;

    private final ClientSearch search;
    private final ConsoleHomes homes;
    private final ClientPage client;
    private final ClientsTurnedAway turnedAway;
    private final AddressWords addresses;

    ClientsPage(
            ClientSearch search,
            ConsoleHomes homes,
            ClientPage client,
            ClientsTurnedAway turnedAway,
            AddressWords addresses) {
        this.search = search;
        this.homes = homes;
        this.client = client;
        this.turnedAway = turnedAway;
        this.addresses = addresses;
    }

    @Override
    public Response show(Steward steward, Request request) {
        return PLACE.childOf(request)
                .map(home -> client.show(steward, request, home))
                .orElseGet(() -> list(steward, request));
    }

    @Override
    public Response change(Steward steward, Request request) {
        return PLACE.childOf(request)
                .map(home -> client.change(steward, request, home))
                .orElseGet(() -> ConsolePages.notFound(steward, PLACE));
    }

    private Response list(Steward steward, Request request) {
        String words = request.query().single("q").orElse("").strip();
        LongList list = LongList.of(LocalAddress.of(PLACE.path()).with("q", words), request);
        ClientSearch.Found found =
                search.find(new ClientSearch.Query(steward.homes(), words, list.after(), ROWS));
        List<Part> parts = new ArrayList<>();
        parts.add(new Quiet(text("console.clients.text")));
        parts.add(
                new Search(
                        PLACE.path(),
                        List.of(new WordsField("q", text("console.clients.words"), words)),
                        text("console.search")));
        parts.add(seen(found, words));
        parts.add(list.pager(found.next()));
        if (words.isEmpty() && list.isFirstPage()) {
            parts.add(new Heading(text("console.clients.rules")));
            parts.add(rules(steward.visitor().home()));
            parts.add(new Heading(text("console.clients.turned-away")));
            parts.add(new Quiet(text("console.clients.turned-away.text")));
            parts.add(turnedAway.table(steward.visitor().home(), addresses));
        }
        return ConsolePages.page(steward, request, PLACE, PLACE.label(), parts);
    }

    private Table seen(ClientSearch.Found found, String words) {
        return new Table(
                PLACE.label(),
                List.of(
                        text("console.column.client"),
                        text("console.person.home"),
                        text("console.clients.treatment"),
                        text("console.clients.live"),
                        text("console.people"),
                        text("console.column.last-used")),
                found.clients().stream().map(this::row).toList(),
                text(words.isEmpty() ? "console.clients.empty" : "console.clients.none-found"));
    }

    private List<Cell> row(ClientSearch.Line line) {
        ClientStanding standing = homes.get(line.home()).clients().standing(line.clientId());
        Text name = ClientWords.name(standing, line.clientId());
        return List.of(
                ClientWords.link(line.home(), line.clientId(), name),
                Cell.words(Text.verbatim(line.home().value())),
                ClientWords.treatment(standing),
                Cell.words(Text.verbatim(Integer.toString(line.live()))),
                Cell.words(Text.verbatim(Integer.toString(line.people()))),
                new Cell.Moment(line.lastUsedAt()));
    }

    /// Whoever may come, also those that never did. A gateway may have many homes, so it is that of
    /// the home at whose address the administrator is.
    private Table rules(HomeId home) {
        Clients clients = homes.get(home).clients();
        return new Table(
                text("console.clients.rules"),
                List.of(text("console.column.client"), text("console.clients.treatment")),
                Stream.concat(
                                clients.listed().stream().map(id -> rule(home, clients, id)),
                                Stream.of(
                                        List.of(
                                                Cell.words(text("console.clients.others")),
                                                ClientWords.treatmentOfOthers(clients))))
                        .toList(),
                Text.nothing());
    }

    private static List<Cell> rule(HomeId home, Clients clients, String clientId) {
        ClientStanding standing = clients.standing(clientId);
        return List.of(
                ClientWords.link(home, clientId, ClientWords.name(standing, clientId)),
                ClientWords.treatment(standing));
    }
}
