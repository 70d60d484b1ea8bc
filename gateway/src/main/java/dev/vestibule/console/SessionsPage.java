package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.LocalAddress;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionId;
import dev.vestibule.session.SessionSearch;
import dev.vestibule.session.SessionService;
import dev.vestibule.session.SessionSummary;
import dev.vestibule.visit.Device;
import dev.vestibule.visit.LongList;

import java.util.List;
import java.util.Optional;

/// `/auth/vestibule/console/sessions`: which browsers are signed in, and a button that signs one
/// out. `?account=ID` shows one person's.
final class SessionsPage implements ConsolePage {

    private static final int ROWS = 50;

    private final SessionSearch search;
    private final SessionService sessions;
    private final SessionLifecycle lifecycle;
    private final AddressWords addresses;

    SessionsPage(
            SessionSearch search,
            SessionService sessions,
            SessionLifecycle lifecycle,
            AddressWords addresses) {
        this.search = search;
        this.sessions = sessions;
        this.lifecycle = lifecycle;
        this.addresses = addresses;
    }

    @Override
    public Response show(Steward steward, Request request) {
        String account = request.query().single("account").orElse("");
        LongList list =
                LongList.of(
                        LocalAddress.of(ConsolePlace.SESSIONS.path()).with("account", account),
                        request);
        SessionSearch.Found found =
                search.find(new SessionSearch.Query(account, steward.homes(), list.after(), ROWS));
        List<Part> parts =
                List.of(
                        new Quiet(text("console.sessions.text")),
                        new Table(
                                ConsolePlace.SESSIONS.label(),
                                List.of(
                                        text("console.column.person"),
                                        text("console.column.device"),
                                        text("console.column.address"),
                                        text("console.column.way"),
                                        text("console.column.last-used"),
                                        text("console.column.open"),
                                        Text.nothing()),
                                found.sessions().stream().map(this::row).toList(),
                                text("console.sessions.empty")),
                        list.pager(found.next()));
        return ConsolePages.page(
                steward, request, ConsolePlace.SESSIONS, ConsolePlace.SESSIONS.label(), parts);
    }

    private List<Cell> row(SessionSummary session) {
        return List.of(
                new Cell.Link(
                        Text.verbatim(session.person()),
                        ConsolePlace.PEOPLE.path(session.account().value())),
                Cell.words(Text.verbatim(Device.of(session.device()))),
                addresses.cell(session.address()),
                Cell.words(text("console.way." + session.way().stored())),
                new Cell.Moment(session.lastUsedAt()),
                Cell.words(Text.verbatim(Integer.toString(session.openCount()))),
                new Cell.Act(
                        ConsolePlace.SESSIONS.path(),
                        List.of(new Hidden("session", session.id().value())),
                        text("console.sessions.end"),
                        Tone.PLAIN));
    }

    @Override
    public Response change(Steward steward, Request request) {
        Optional<LiveSession> session =
                request.form()
                        .single("session")
                        .map(SessionId::new)
                        .flatMap(sessions::find)
                        .filter(found -> steward.homes().contains(found.home()));
        if (session.isEmpty()) {
            return ConsolePages.notFound(steward, ConsolePlace.SESSIONS);
        }
        lifecycle.endSession(session.get(), steward.cause());
        return ConsolePages.goTo(
                steward, ConsoleNotice.SESSION_ENDED.at(ConsolePlace.SESSIONS.path()));
    }
}
