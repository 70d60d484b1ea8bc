package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.AccountStore;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Pager;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.PercentCoding;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.outbox.OutboxEntry;
import dev.vestibule.outbox.OutboxSearch;
import dev.vestibule.telling.Telling;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `/auth/vestibule/console/outbox`: what Home Assistant has still to be told, the oldest first,
/// and why that is not done. Nothing is changed here: it is tried again by itself.
final class OutboxPage implements ConsolePage {

    private static final int ROWS = 50;

    /// What [OutboxEntry#what] may say; another release may have written something else.
    private static final Set<String> KNOWN =
            Set.of(
                    "revoke-token",
                    "end-token",
                    "drop-credential",
                    "shut-out",
                    "remove",
                    "let-in",
                    "align-group",
                    "provision");

    private final OutboxSearch search;
    private final AccountStore accounts;

    OutboxPage(OutboxSearch search, AccountStore accounts) {
        this.search = search;
        this.accounts = accounts;
    }

    @Override
    public Response show(Steward steward, Request request) {
        OutboxSearch.Found found = search.find(request.query().single("after").orElse(""), ROWS);
        AccountNames people =
                AccountNames.of(accounts, found.entries().stream().map(OutboxEntry::accountId));
        List<Part> parts =
                List.of(
                        new Quiet(text("console.outbox.text")),
                        new Table(
                                ConsolePlace.OUTBOX.label(),
                                List.of(
                                        text("console.outbox.what"),
                                        text("console.column.person"),
                                        text("console.person.home"),
                                        text("console.outbox.since"),
                                        text("console.outbox.tries"),
                                        text("console.people.state"),
                                        text("console.outbox.problem")),
                                found.entries().stream().map(entry -> row(entry, people)).toList(),
                                text("console.outbox.empty")),
                        new Pager(
                                Optional.empty(),
                                found.next()
                                        .map(
                                                last ->
                                                        ConsolePlace.OUTBOX.path()
                                                                + "?after="
                                                                + PercentCoding.encode(last))));
        return ConsolePages.page(
                steward, request, ConsolePlace.OUTBOX, ConsolePlace.OUTBOX.label(), parts);
    }

    private static List<Cell> row(OutboxEntry entry, AccountNames people) {
        return List.of(
                Cell.words(what(entry.what())),
                people.cell(entry.accountId()),
                Cell.words(Text.verbatim(entry.home().value())),
                new Cell.Moment(entry.since()),
                Cell.words(Text.verbatim(Integer.toString(entry.attempts()))),
                state(entry),
                Cell.words(problem(entry)));
    }

    /// What cannot be done as things stand has a reason with a sentence of ours; what is tried
    /// again stands as in the log.
    static Text problem(OutboxEntry entry) {
        if (entry.problem().isEmpty()) {
            return Text.nothing();
        }
        if (entry.isUnconverged()) {
            return Telling.reason(entry.problem());
        }
        return entry.problem().equals(OutboxEntry.FAULT)
                ? text("console.outbox.problem.fault")
                : text("console.outbox.problem.log", entry.problem());
    }

    static Cell.Badge state(OutboxEntry entry) {
        if (entry.isUnconverged()) {
            return new Cell.Badge(text("console.outbox.stuck"), Tone.WARNING);
        }
        return new Cell.Badge(
                text(entry.attempts() == 0 ? "console.outbox.untried" : "console.outbox.waiting"),
                Tone.PLAIN);
    }

    private static Text what(String what) {
        return KNOWN.contains(what) ? text("console.outbox." + what) : Text.verbatim(what);
    }

    @Override
    public Response change(Steward steward, Request request) {
        return ConsolePages.notFound(steward, ConsolePlace.OUTBOX);
    }
}
