package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.audit.AuditEvent.SignInRefused;
import dev.vestibule.audit.AuditLine;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.audit.RefusalReason;
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

    /// Of each reason.
    private static final int ROWS = 20;

    /// The reasons by which `/auth/authorize` turns a client away whose id it knows.
    private static final List<RefusalReason> REASONS =
            List.of(RefusalReason.UNKNOWN_CLIENT, RefusalReason.NO_CLIENT_DOCUMENT);

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
        return last.values().stream();
    }

    /// Attack: a client whose id holds the words of another reason, so that its lines take the rows
    /// of that one.
    private Stream<Turned> last(HomeId home, RefusalReason reason) {
        AuditQuery query =
                AuditQuery.ALL
                        .at(home.value())
                        .of(Set.of(SignInRefused.class.getSimpleName()))
                        .because(reason);
        return log.before(query, Cursor.NEWEST, ROWS).lines().stream()
                .flatMap(line -> turned(home, line));
    }

    /// What is about no home is among the lines, too.
    private static Stream<Turned> turned(HomeId home, AuditLine line) {
        return line
                .event()
                .filter(SignInRefused.class::isInstance)
                .map(SignInRefused.class::cast)
                .filter(event -> event.homeId().equals(home.value()))
                .map(event -> new Turned(line.at(), event.who(), event.reason(), line.address()))
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
