package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditLine;
import dev.vestibule.audit.AuditPage;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.LesserButton;
import dev.vestibule.http.Page.Part.Pager;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.store.Cursor;
import dev.vestibule.telling.Telling;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// `/auth/vestibule/console/audit`: what happened, the newest first, or what one looks for of it;
/// `audit/export` hands the same out as a file. `?account=ID` shows what concerns one person.
final class AuditLogPage implements ConsolePage {

    private static final int ROWS = 50;
    private static final String EXPORT = "export";

    private final AuditStore log;
    private final AccountStore accounts;
    private final Telling telling;
    private final AuditExport export;

    AuditLogPage(AuditStore log, AccountStore accounts, Telling telling) {
        this.log = log;
        this.accounts = accounts;
        this.telling = telling;
        this.export = new AuditExport(log, AuditExport.LINES_MAX);
    }

    @Override
    public Response show(Steward steward, Request request) {
        AuditWish wish = AuditWish.of(request);
        Optional<Text> fault = wish.fault();
        if (fault.isPresent()) {
            return ConsolePages.unreadable(steward, ConsolePlace.AUDIT, fault.get());
        }
        Cursor before =
                request.query().single("before").flatMap(Cursor::parse).orElse(Cursor.NEWEST);
        Optional<String> account = account(wish);
        Optional<String> child = ConsolePlace.AUDIT.childOf(request);
        if (child.isEmpty()) {
            return list(steward, request, wish, account.map(id -> page(wish, id, before)));
        }
        return child.get().equals(EXPORT) && account.isPresent()
                ? export.file(wish.query(account.get()))
                : ConsolePages.notFound(steward, ConsolePlace.AUDIT);
    }

    /// Whom the wish is about: empty text for everybody, and nothing where the name is nobody's, or
    /// several people's. Who has the id goes before who has the name (attack: people choose their
    /// names).
    private Optional<String> account(AuditWish wish) {
        if (wish.account().isEmpty()) {
            return Optional.of("");
        }
        return accounts.find(new AccountId(wish.account()))
                .map(found -> found.id().value())
                .or(() -> named(wish.account()));
    }

    private Optional<String> named(String username) {
        List<Account> found =
                accounts.list().stream()
                        .filter(account -> account.username().equalsIgnoreCase(username))
                        .toList();
        return found.size() == 1 ? Optional.of(found.getFirst().id().value()) : Optional.empty();
    }

    private AuditPage page(AuditWish wish, String account, Cursor before) {
        return log.before(wish.query(account), before, ROWS);
    }

    private Response list(
            Steward steward, Request request, AuditWish wish, Optional<AuditPage> found) {
        AuditPage page = found.orElse(new AuditPage(List.of(), false));
        Text empty =
                found.isEmpty()
                        ? text("console.audit.nobody")
                        : text(wish.isEmpty() ? "console.audit.empty" : "console.audit.none-found");
        List<Part> parts =
                List.of(
                        wish.form(),
                        table(page.lines(), empty),
                        new Pager(Optional.empty(), page.next().map(next -> older(wish, next))),
                        new Quiet(text("console.audit.export.text", AuditExport.LINES_MAX)),
                        new LesserButton(
                                text("console.audit.export"),
                                ConsolePlace.AUDIT.path(EXPORT) + "?" + wish.parameters()));
        return ConsolePages.page(
                steward, request, ConsolePlace.AUDIT, ConsolePlace.AUDIT.label(), parts);
    }

    private static String older(AuditWish wish, Cursor next) {
        return ConsolePlace.AUDIT.path() + "?before=" + next + "&" + wish.parameters();
    }

    private Table table(List<AuditLine> lines, Text empty) {
        AccountNames people =
                AccountNames.of(accounts, lines.stream().map(AuditLogPage::accountOf));
        List<Text> sentences = telling.tell(lines);
        return new Table(
                ConsolePlace.AUDIT.label(),
                List.of(
                        text("console.audit.at"),
                        text("console.audit.sentence"),
                        text("console.column.person"),
                        text("console.column.address"),
                        text("console.audit.event")),
                IntStream.range(0, lines.size())
                        .mapToObj(i -> row(lines.get(i), sentences.get(i), people))
                        .toList(),
                empty);
    }

    private static String accountOf(AuditLine line) {
        return line.fields().getOrDefault("accountId", "");
    }

    /// The name of the event is what one looks for, and what the export has.
    private static List<Cell> row(AuditLine line, Text sentence, AccountNames people) {
        return List.of(
                new Cell.Moment(line.at()),
                Cell.words(sentence),
                people.cell(accountOf(line)),
                new Cell.Literal(line.address()),
                Cell.words(Text.verbatim(line.kind())));
    }

    /// The log is never changed.
    @Override
    public Response change(Steward steward, Request request) {
        return ConsolePages.notFound(steward, ConsolePlace.AUDIT);
    }
}
