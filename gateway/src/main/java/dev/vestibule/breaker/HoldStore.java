package dev.vestibule.breaker;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Owns the table `deprovisioning_hold`. Every method runs inside the caller's transaction.
final class HoldStore {

    private HoldStore() {}

    /// @param key see [Source#key()]
    record Hold(
            String key,
            String name,
            boolean isAllowed,
            int people,
            Instant beganAt,
            Instant endsAt) {}

    /// The hold, or the permission, that stands now.
    static Optional<Hold> standing(Handle handle, Source source, Instant now) {
        return list(handle, now).stream()
                .filter(hold -> hold.key().equals(source.key()))
                .findFirst();
    }

    /// In the order of their beginning.
    static List<Hold> list(Handle handle, Instant now) {
        return handle.createQuery(
                        """
                        SELECT source, name, state, people, began_at, ends_at
                          FROM deprovisioning_hold
                         WHERE ends_at > :now
                         ORDER BY began_at, source
                        """)
                .bind("now", now.toEpochMilli())
                .map((row, _) -> hold(row))
                .list();
    }

    private static Hold hold(ResultSet row) throws SQLException {
        return new Hold(
                row.getString("source"),
                row.getString("name"),
                row.getString("state").equals("allowed"),
                row.getInt("people"),
                Instant.ofEpochMilli(row.getLong("began_at")),
                Instant.ofEpochMilli(row.getLong("ends_at")));
    }

    /// Holds a source, where neither a hold nor a permission stands.
    ///
    /// @return whether that is news
    static boolean hold(Handle tx, Source source, int people, Instant now, Instant until) {
        return written(
                                tx.createUpdate(
                                        """
                                        INSERT INTO deprovisioning_hold
                                               (source, name, state, people, began_at, ends_at)
                                        VALUES (:source, :name, 'held', :people, :now, :until)
                                            ON CONFLICT (source) DO UPDATE
                                           SET state = 'held', people = :people,
                                               began_at = :now, ends_at = :until
                                         WHERE deprovisioning_hold.ends_at <= :now
                                        """),
                                source,
                                now,
                                until)
                        .bind("people", people)
                        .execute()
                == 1;
    }

    /// Lets a source go on, in the place of a hold.
    static void allow(Handle tx, Source source, Instant now, Instant until) {
        written(
                        tx.createUpdate(
                                """
                                INSERT INTO deprovisioning_hold
                                       (source, name, state, people, began_at, ends_at)
                                VALUES (:source, :name, 'allowed', 0, :now, :until)
                                    ON CONFLICT (source) DO UPDATE
                                   SET state = 'allowed', began_at = :now, ends_at = :until
                                """),
                        source,
                        now,
                        until)
                .execute();
    }

    private static Update written(Update statement, Source source, Instant now, Instant until) {
        return statement
                .bind("source", source.key())
                .bind("name", source.toString())
                .bind("now", now.toEpochMilli())
                .bind("until", until.toEpochMilli());
    }

    static void delete(Handle tx, Source source) {
        tx.createUpdate("DELETE FROM deprovisioning_hold WHERE source = :source")
                .bind("source", source.key())
                .execute();
    }

    /// Forgets what has ended.
    static void prune(Handle tx, Instant now) {
        tx.createUpdate("DELETE FROM deprovisioning_hold WHERE ends_at <= :now")
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
