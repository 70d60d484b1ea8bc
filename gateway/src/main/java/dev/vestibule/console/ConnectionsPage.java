package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.connection.Cut;
import dev.vestibule.grant.GrantId;
import dev.vestibule.grant.GrantRevocation;
import dev.vestibule.grant.GrantSearch;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.News;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;

import java.util.List;
import java.util.Optional;

/// `/auth/vestibule/console/connections`: what is open in this process at this moment, looked for
/// anew every few seconds, and a button that cuts it. What is cut may be opened again; ending it
/// for good is [GrantsPage]'s.
final class ConnectionsPage implements ConsolePage {

    private static final int ROWS_MAX = 200;

    private final GrantSearch search;
    private final GrantRevocation revocation;

    ConnectionsPage(GrantSearch search, GrantRevocation revocation) {
        this.search = search;
        this.revocation = revocation;
    }

    @Override
    public Response show(Steward steward, Request request) {
        GrantSearch.Found open = search.open(steward.homes(), ROWS_MAX);
        Part table =
                new Table(
                        ConsolePlace.CONNECTIONS.label(),
                        List.of(
                                text("console.column.client"),
                                text("console.column.person"),
                                text("console.column.open"),
                                text("console.column.last-used"),
                                Text.nothing()),
                        open.grants().stream().map(ConnectionsPage::row).toList(),
                        text("console.connections.empty"));
        return ConsolePages.page(
                steward,
                request,
                ConsolePlace.CONNECTIONS,
                ConsolePlace.CONNECTIONS.label(),
                List.of(
                        new Quiet(text("console.connections.text")),
                        new News(
                                ConsolePages.NEWS,
                                ConsolePlace.CONNECTIONS.path(),
                                open.hasMore()
                                        ? List.of(
                                                table, new Quiet(text("console.connections.more")))
                                        : List.of(table))));
    }

    private static List<Cell> row(GrantSearch.Line line) {
        return List.of(
                Cell.words(GrantWords.name(line.grant())),
                GrantWords.person(line),
                Cell.words(Text.verbatim(Integer.toString(line.openCount()))),
                new Cell.Moment(line.grant().lastUsedAt()),
                new Cell.Act(
                        ConsolePlace.CONNECTIONS.path(),
                        List.of(new Hidden("grant", line.grant().id().value())),
                        text("console.connections.cut"),
                        Tone.PLAIN));
    }

    @Override
    public Response change(Steward steward, Request request) {
        Optional<GrantSummary> grant =
                request.form()
                        .single("grant")
                        .flatMap(id -> search.find(new GrantId(id)))
                        .filter(found -> steward.homes().contains(found.home()));
        if (grant.isEmpty()) {
            return ConsolePages.notFound(steward, ConsolePlace.CONNECTIONS);
        }
        revocation.interrupt(List.of(grant.get().id()), Cut.INTERRUPTED);
        return ConsolePages.goTo(
                steward, ConsoleNotice.CONNECTION_CUT.at(ConsolePlace.CONNECTIONS.path()));
    }
}
