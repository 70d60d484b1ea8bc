package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.audit.AuditEvent.SignInRefused;
import dev.vestibule.audit.AuditLine;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.store.Cursor;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Clients that came and may not ask, as the audit log remembers them. Anybody can come under any
/// name, so only the last ones are shown, and nothing is kept of them beside the log.
final class ClientsTurnedAway {

    private static final int ROWS = 20;

    /// The reasons by which `/auth/authorize` turns a client away whose id it knows.
    private static final List<String> REASONS = List.of("unknown-client", "no-client-document");

    private final AuditStore log;

    ClientsTurnedAway(AuditStore log) {
        this.log = log;
    }

    private record Turned(Instant at, String clientId, String reason, String from) {}

    Part table(HomeId home, AddressWords addresses) {
        return new Table(
                text("console.clients.turned-away"),
                List.of(
                        text("console.column.client"),
                        text("console.clients.why"),
                        text("console.column.from"),
                        text("console.audit.at")),
                last(home).map(turned -> row(turned, addresses)).toList(),
                text("console.clients.turned-away.empty"));
    }

    /// Each client once, whoever came last first.
    private Stream<Turned> last(HomeId home) {
        Map<String, Turned> last = new LinkedHashMap<>();
        REASONS.stream()
                .flatMap(reason -> last(home, reason))
                .sorted(Comparator.comparing(Turned::at).reversed())
                .forEach(turned -> last.putIfAbsent(turned.clientId(), turned));
        return last.values().stream().limit(ROWS);
    }

    private Stream<Turned> last(HomeId home, String reason) {
        AuditQuery query =
                AuditQuery.ALL
                        .at(home.value())
                        .of(Set.of(SignInRefused.class.getSimpleName()))
                        .with(reason);
        return log.before(query, Cursor.NEWEST, ROWS).lines().stream()
                .flatMap(line -> turned(home, reason, line));
    }

    /// The words that were looked for may stand in another member.
    private static Stream<Turned> turned(HomeId home, String reason, AuditLine line) {
        return line
                .event()
                .filter(
                        event ->
                                event instanceof SignInRefused(var at, _, var why, _)
                                        && at.equals(home.value())
                                        && why.equals(reason))
                .map(SignInRefused.class::cast)
                .map(event -> new Turned(line.at(), event.who(), reason, line.address()))
                .stream();
    }

    private static List<Cell> row(Turned turned, AddressWords addresses) {
        return List.of(
                new Cell.Literal(turned.clientId()),
                Cell.words(text("console.clients." + turned.reason())),
                addresses.cell(turned.from()),
                new Cell.Moment(turned.at()));
    }
}
