package dev.vestibule.profile;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.Paths;
import dev.vestibule.http.LocalAddress;
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
import java.util.Set;

/// `/auth/vestibule/profile/browsers`: where somebody is signed in at this home, and a button that
/// signs one of those browsers out.
final class BrowsersPage implements ProfilePage {

    private static final ProfilePlace PLACE = ProfilePlace.BROWSERS;
    private static final int ROWS = 50;

    private final ProfilePages pages;
    private final SessionSearch search;
    private final SessionService sessions;
    private final SessionLifecycle lifecycle;

    BrowsersPage(
            ProfilePages pages,
            SessionSearch search,
            SessionService sessions,
            SessionLifecycle lifecycle) {
        this.pages = pages;
        this.search = search;
        this.sessions = sessions;
        this.lifecycle = lifecycle;
    }

    @Override
    public Response answer(Self self, Request request) {
        return request.method().equals("POST") ? end(self, request) : show(self, request);
    }

    private Response show(Self self, Request request) {
        LongList list = LongList.of(LocalAddress.of(PLACE.path()), request);
        SessionSearch.Found found =
                search.find(
                        new SessionSearch.Query(
                                self.account().value(), Set.of(self.home()), list.after(), ROWS));
        return pages.page(
                self,
                request,
                PLACE,
                List.of(
                        new Quiet(text("profile.browsers.text")),
                        new Table(
                                PLACE.label(),
                                List.of(
                                        text("profile.browsers.device"),
                                        text("profile.browsers.address"),
                                        text("profile.browsers.since"),
                                        text("profile.last-used"),
                                        Text.nothing()),
                                found.sessions().stream()
                                        .map(session -> row(self, session))
                                        .toList(),
                                text("profile.browsers.empty")),
                        list.pager(found.next())));
    }

    private static List<Cell> row(Self self, SessionSummary session) {
        Cell device = Cell.words(Text.verbatim(Device.of(session.device())));
        boolean isThis = session.id().equals(self.session().id());
        return List.of(
                isThis
                        ? new Cell.Several(
                                List.of(
                                        device,
                                        new Cell.Badge(text("profile.browsers.this"), Tone.GOOD)))
                        : device,
                new Cell.Literal(session.address()),
                new Cell.Moment(session.beganAt()),
                new Cell.Moment(session.lastUsedAt()),
                isThis
                        ? new Cell.Link(text("profile.browsers.end"), Paths.SIGN_OUT)
                        : new Cell.Act(
                                PLACE.path(),
                                List.of(new Hidden("session", session.id().value())),
                                text("profile.browsers.end"),
                                Tone.PLAIN));
    }

    /// Attack: the id of somebody else's session. This browser signs out where it hears of it.
    private Response end(Self self, Request request) {
        Optional<LiveSession> session =
                request.form()
                        .single("session")
                        .map(SessionId::new)
                        .flatMap(sessions::find)
                        .filter(found -> found.account().equals(self.account()))
                        .filter(found -> found.home().equals(self.home()));
        if (session.isEmpty()) {
            return pages.notFound(self, PLACE);
        }
        if (session.get().id().equals(self.session().id())) {
            return Response.redirect(self.visitor().origin().resolve(Paths.SIGN_OUT));
        }
        lifecycle.endSession(session.get(), self.cause());
        return ProfilePages.done(self, PLACE, ProfileNotice.BROWSER_ENDED);
    }
}
