package dev.vestibule.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.metric.Meters;
import dev.vestibule.metric.WordTally;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;
import dev.vestibule.store.WhenCommitted;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Writes the table `audit_event`, which [AuditStore] reads. Safe to share between threads.
///
/// Lines are added and never changed; they leave by [AuditSweep] alone.
public final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final AuthenticationFailures failures;
    private final WordTally events;
    private final SignInMeters signIns;

    public AuditLog(
            InstantSource time,
            Secrets secrets,
            Database database,
            AuthenticationFailures failures,
            Meters meters) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.failures = failures;
        this.events = meters.words("vestibule.audit.events", "Events of the audit log", "kind");
        AuditKinds.names().forEach(events::expect);
        this.signIns = new SignInMeters(meters);
    }

    /// One line of the log as it is stored.
    ///
    /// @param detail the event's own fields as a JSON object
    public record Line(long at, String kind, String address, String detail) {}

    /// Appends in a transaction of its own.
    ///
    /// @param address where it came from; `console` for the command line
    public void append(AuditEvent event, String address) {
        database.change(tx -> append(tx, event, address));
    }

    /// Appends inside the caller's transaction, so that the change and its record hold together.
    /// Metrics and the gateway's output hear of it once it holds.
    public void append(Handle tx, AuditEvent event, String address) {
        Instant now = time.instant();
        ObjectNode detail = AuditJson.write(event);
        String kind = AuditKinds.nameOf(event);
        tx.createUpdate(
                        """
                        INSERT INTO audit_event
                               (id, at, kind, outcome, home_id, account_id,
                                actor, address, reason, detail)
                        VALUES (:id, :at, :kind, :outcome, :home, :account,
                                :actor, :address, :reason, :detail)
                        """)
                .bind("id", secrets.randomId(InstantSource.fixed(now)).toString())
                .bind("at", now.toEpochMilli())
                .bind("kind", kind)
                .bind("outcome", AuditOutcome.of(event).code())
                .bind("home", text(detail, "homeId"))
                .bind("account", text(detail, "accountId"))
                .bind("actor", Optional.ofNullable(text(detail, "by")).orElse(""))
                .bind("address", address)
                .bind("reason", Optional.ofNullable(text(detail, "reason")).orElse(""))
                .bind("detail", detail.toString())
                .execute();
        WhenCommitted.run(
                tx,
                () -> {
                    events.add(kind);
                    signIns.count(event);
                    LOG.info("event={} address={} detail={}", kind, address, detail);
                    failures.note(event, address);
                });
    }

    /// Says of an event, for which the log has no room, only what programs that ban have to know.
    public void leaveOut(AuditEvent event, String address) {
        events.add(AuditKinds.nameOf(event));
        signIns.count(event);
        failures.note(event, address);
    }

    private static @Nullable String text(ObjectNode node, String field) {
        return node.path(field).textValue();
    }

    /// The newest lines first.
    public List<Line> newest(int count) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT at, kind, address, detail
                                          FROM audit_event
                                         ORDER BY at DESC, id DESC
                                         LIMIT :count
                                        """)
                                .bind("count", count)
                                .map(
                                        (row, _) ->
                                                new Line(
                                                        row.getLong("at"),
                                                        row.getString("kind"),
                                                        row.getString("address"),
                                                        row.getString("detail")))
                                .list());
    }
}
