package dev.vestibule.profile;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.grant.GrantId;
import dev.vestibule.grant.GrantSearch;
import dev.vestibule.grant.GrantSummary;
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
import dev.vestibule.visit.LongList;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// `/auth/vestibule/profile/apps`: what acts in somebody's name at this home without a browser of
/// theirs, and a button that ends it.
final class AppsPage implements ProfilePage {

    private static final ProfilePlace PLACE = ProfilePlace.APPS;
    private static final int ROWS = 50;

    private final ProfilePages pages;
    private final GrantSearch search;
    private final SessionLifecycle lifecycle;

    AppsPage(ProfilePages pages, GrantSearch search, SessionLifecycle lifecycle) {
        this.pages = pages;
        this.search = search;
        this.lifecycle = lifecycle;
    }

    @Override
    public Response answer(Self self, Request request) {
        return request.method().equals("POST") ? end(self, request) : show(self, request);
    }

    private Response show(Self self, Request request) {
        LongList list = LongList.of(LocalAddress.of(PLACE.path()), request);
        GrantSearch.Found found =
                search.find(
                        GrantSearch.Query.at(Set.of(self.home()), list.after(), ROWS)
                                .of(self.account().value())
                                .only(GrantSearch.Extent.BESIDE_BROWSERS));
        return pages.page(
                self,
                request,
                PLACE,
                List.of(
                        new Quiet(text("profile.apps.text")),
                        new Table(
                                PLACE.label(),
                                List.of(
                                        text("profile.apps.name"),
                                        text("profile.apps.kind"),
                                        text("profile.last-used"),
                                        text("profile.apps.until"),
                                        Text.nothing()),
                                found.grants().stream().map(line -> row(line.grant())).toList(),
                                text("profile.apps.empty")),
                        list.pager(found.next())));
    }

    private static List<Cell> row(GrantSummary grant) {
        Cell name =
                Cell.words(Text.verbatim(grant.name().isEmpty() ? grant.clientId() : grant.name()));
        return List.of(
                grant.isWaiting()
                        ? new Cell.Several(
                                List.of(
                                        name,
                                        new Cell.Badge(text("profile.apps.waiting"), Tone.WARNING)))
                        : name,
                Cell.words(kind(grant)),
                new Cell.Moment(grant.lastUsedAt()),
                grant.expiresAt().<Cell>map(Cell.Moment::new).orElseGet(Cell::nothing),
                new Cell.Act(
                        PLACE.path(),
                        List.of(new Hidden("grant", grant.id().value())),
                        text("profile.apps.end"),
                        Tone.PLAIN));
    }

    private static Text kind(GrantSummary grant) {
        return text(
                "profile.apps." + grant.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /// Attack: the id of somebody else's grant.
    private Response end(Self self, Request request) {
        Optional<GrantSummary> grant =
                request.form()
                        .single("grant")
                        .flatMap(id -> search.find(new GrantId(id)))
                        .filter(found -> found.accountId().equals(self.account().value()))
                        .filter(found -> found.home().equals(self.home()));
        if (grant.isEmpty() || !lifecycle.endGrant(grant.get().id(), self.cause())) {
            return pages.notFound(self, PLACE);
        }
        return ProfilePages.done(self, PLACE, ProfileNotice.APP_ENDED);
    }
}
