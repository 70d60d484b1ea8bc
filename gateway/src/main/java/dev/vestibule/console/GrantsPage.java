package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.grant.GrantId;
import dev.vestibule.grant.GrantSearch;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.http.LocalAddress;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Hidden;
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

import java.util.List;
import java.util.Optional;

/// `/auth/vestibule/console/grants`: which apps, programs and services have access, a button that
/// ends one, and one that lets a waiting service in. `?account=ID` shows one person's.
final class GrantsPage implements ConsolePage {

    private static final int ROWS = 50;

    private final GrantSearch search;
    private final GrantService grants;
    private final SessionLifecycle lifecycle;
    private final AddressWords addresses;

    GrantsPage(
            GrantSearch search,
            GrantService grants,
            SessionLifecycle lifecycle,
            AddressWords addresses) {
        this.search = search;
        this.grants = grants;
        this.lifecycle = lifecycle;
        this.addresses = addresses;
    }

    @Override
    public Response show(Steward steward, Request request) {
        String account = request.query().single("account").orElse("");
        String words = request.query().single("q").orElse("").strip();
        LongList list =
                LongList.of(
                        LocalAddress.of(ConsolePlace.GRANTS.path())
                                .with("account", account)
                                .with("q", words),
                        request);
        GrantSearch.Found found =
                search.find(
                        GrantSearch.Query.at(steward.homes(), list.after(), ROWS)
                                .of(account)
                                .with(words));
        List<Part> parts =
                List.of(
                        new Quiet(text("console.grants.text")),
                        new Search(
                                ConsolePlace.GRANTS.path(),
                                account.isEmpty()
                                        ? List.of()
                                        : List.of(new Hidden("account", account)),
                                List.of(new WordsField("q", text("console.grants.words"), words)),
                                text("console.search")),
                        new Table(
                                ConsolePlace.GRANTS.label(),
                                List.of(
                                        text("console.column.client"),
                                        text("console.column.person"),
                                        text("console.column.kind"),
                                        text("console.column.from"),
                                        text("console.people.state"),
                                        text("console.column.last-used"),
                                        text("console.column.open"),
                                        Text.nothing()),
                                found.grants().stream().map(this::row).toList(),
                                text(
                                        words.isEmpty()
                                                ? "console.grants.empty"
                                                : "console.grants.none-found")),
                        list.pager(found.next()));
        return ConsolePages.page(
                steward, request, ConsolePlace.GRANTS, ConsolePlace.GRANTS.label(), parts);
    }

    private List<Cell> row(GrantSearch.Line line) {
        GrantSummary grant = line.grant();
        return List.of(
                Cell.words(GrantWords.name(grant)),
                GrantWords.person(line),
                Cell.words(GrantWords.kind(grant.kind())),
                GrantWords.from(grant, addresses),
                grant.isWaiting()
                        ? new Cell.Badge(text("console.grants.waiting"), Tone.WARNING)
                        : new Cell.Badge(text("console.state.active"), Tone.GOOD),
                new Cell.Moment(grant.lastUsedAt()),
                Cell.words(Text.verbatim(Integer.toString(line.openCount()))),
                grant.isWaiting()
                        ? new Cell.Several(List.of(act(grant, "approve"), act(grant, "end")))
                        : act(grant, "end"));
    }

    private static Cell act(GrantSummary grant, String change) {
        return new Cell.Act(
                ConsolePlace.GRANTS.path(),
                List.of(new Hidden("grant", grant.id().value()), new Hidden("change", change)),
                text("console.grants." + change),
                Tone.PLAIN);
    }

    @Override
    public Response change(Steward steward, Request request) {
        Optional<GrantSummary> grant =
                request.form()
                        .single("grant")
                        .flatMap(id -> search.find(new GrantId(id)))
                        .filter(found -> steward.homes().contains(found.home()));
        if (grant.isEmpty()) {
            return ConsolePages.notFound(steward, ConsolePlace.GRANTS);
        }
        return switch (request.form().single("change").orElse("")) {
            case "approve" -> approve(steward, grant.get());
            case "end" -> end(steward, grant.get());
            default -> ConsolePages.notFound(steward, ConsolePlace.GRANTS);
        };
    }

    private Response approve(Steward steward, GrantSummary grant) {
        if (!steward.mayGiveAway()) {
            return ConsolePages.refused(
                    steward,
                    ConsolePlace.GRANTS,
                    text("console.refused.emergency"),
                    ConsolePlace.GRANTS.path());
        }
        if (!steward.isFresh()) {
            return ConsolePages.notFresh(steward, ConsolePlace.GRANTS, ConsolePlace.GRANTS.path());
        }
        return grants.approve(grant.id(), grant.home(), steward.actor())
                ? done(steward, ConsoleNotice.GRANT_APPROVED)
                : ConsolePages.notFound(steward, ConsolePlace.GRANTS);
    }

    private Response end(Steward steward, GrantSummary grant) {
        return lifecycle.endGrant(grant.id(), steward.cause())
                ? done(steward, ConsoleNotice.GRANT_ENDED)
                : ConsolePages.notFound(steward, ConsolePlace.GRANTS);
    }

    private static Response done(Steward steward, ConsoleNotice notice) {
        return ConsolePages.goTo(steward, notice.at(ConsolePlace.GRANTS.path()));
    }
}
