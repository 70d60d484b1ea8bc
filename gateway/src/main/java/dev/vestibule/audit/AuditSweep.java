package dev.vestibule.audit;

import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Removes what is older than the log is to be kept, and of what anybody can cause, whatever is
/// beyond [#EXCESS_MAX] lines of each [outcome][AuditOutcome], the oldest first: strangers must not
/// fill the disk. Nothing else leaves: the database refuses it (see the migration
/// `audit_append_only`). Safe to share between threads.
///
/// What went leaves a line, [AuditEvent.AuditSwept]. So that these do not come each minute for
/// ever, lines are kept for whole days, those that are too many may become a tenth more before any
/// of them leaves, and the end of such a line leaves none.
public final class AuditSweep {

    public static final int EXCESS_MAX = 100_000;

    /// A sweep holds the one writer of the database for as long as this takes: some 100 ms.
    private static final int BATCH = 5_000;

    private static final String ADDRESS = "the gateway";
    private static final String OWN = AuditEvent.AuditSwept.class.getSimpleName();

    private final InstantSource time;
    private final Database database;
    private final AuditLog log;
    private final Duration retention;
    private final int excessMax;
    private final int batch;

    /// Of which there were too many, and are until no more than [#EXCESS_MAX] are left. After a
    /// restart they may be a tenth more again.
    private final Set<AuditOutcome> shrinking = ConcurrentHashMap.newKeySet();

    /// @param retention how long lines are kept
    public AuditSweep(InstantSource time, Database database, AuditLog log, Duration retention) {
        this(time, database, log, retention, EXCESS_MAX, BATCH);
    }

    AuditSweep(
            InstantSource time,
            Database database,
            AuditLog log,
            Duration retention,
            int excessMax,
            int batch) {
        this.time = time;
        this.database = database;
        this.log = log;
        this.retention = retention;
        this.excessMax = excessMax;
        this.batch = batch;
    }

    /// Removes a bounded number of lines; the next call goes on.
    ///
    /// @return how many
    public int sweep() {
        return database.inTransaction(this::sweep);
    }

    private int sweep(Handle tx) {
        Instant before = time.instant().minus(retention).truncatedTo(ChronoUnit.DAYS);
        List<String> old = removeOld(tx, before);
        int excess =
                Stream.of(AuditOutcome.values())
                        .filter(AuditOutcome::isAnybodys)
                        .mapToInt(outcome -> removeExcess(tx, outcome))
                        .sum();
        int told = (int) old.stream().filter(kind -> !kind.equals(OWN)).count();
        if (told + excess > 0) {
            log.append(tx, new AuditEvent.AuditSwept(told, excess, before.toString()), ADDRESS);
        }
        return old.size() + excess;
    }

    private List<String> removeOld(Handle tx, Instant before) {
        allow(tx, null, before.toEpochMilli());
        List<String> kinds =
                tx.createQuery(
                                """
                                DELETE FROM audit_event
                                 WHERE id IN (SELECT e.id
                                                FROM audit_event e
                                               WHERE e.at < :before
                                               ORDER BY e.at, e.id
                                               LIMIT :batch)
                                RETURNING kind
                                """)
                        .bind("before", before.toEpochMilli())
                        .bind("batch", batch)
                        .mapTo(String.class)
                        .list();
        forbid(tx);
        return kinds;
    }

    private int removeExcess(Handle tx, AuditOutcome outcome) {
        int leeway = shrinking.contains(outcome) ? 0 : excessMax / 10;
        if (newest(tx, outcome, excessMax + leeway).isEmpty()) {
            shrinking.remove(outcome);
            return 0;
        }
        shrinking.add(outcome);
        Place last = newest(tx, outcome, excessMax).orElseThrow();
        allow(tx, outcome.code(), last.at() + 1);
        int count =
                tx.createUpdate(
                                """
                                DELETE FROM audit_event
                                 WHERE id IN (SELECT e.id
                                                FROM audit_event e
                                               WHERE e.outcome = :outcome AND e.id <= :last
                                               ORDER BY e.id
                                               LIMIT :batch)
                                """)
                        .bind("outcome", outcome.code())
                        .bind("last", last.id())
                        .bind("batch", batch)
                        .execute();
        forbid(tx);
        return count;
    }

    private record Place(String id, long at) {}

    /// The newest line of an outcome but so many; ids are in the order of time.
    private static Optional<Place> newest(Handle tx, AuditOutcome outcome, int but) {
        return tx.createQuery(
                        """
                        SELECT id, at
                          FROM audit_event
                         WHERE outcome = :outcome
                         ORDER BY id DESC
                         LIMIT 1 OFFSET :but
                        """)
                .bind("outcome", outcome.code())
                .bind("but", but)
                .map((row, _) -> new Place(row.getString("id"), row.getLong("at")))
                .findOne();
    }

    /// Says to the triggers what may go, until [#forbid].
    private static void allow(Handle tx, @Nullable String outcome, long before) {
        tx.createUpdate("INSERT INTO audit_sweep (outcome, before) VALUES (:outcome, :before)")
                .bind("outcome", outcome)
                .bind("before", before)
                .execute();
    }

    private static void forbid(Handle tx) {
        tx.execute("DELETE FROM audit_sweep");
    }
}
