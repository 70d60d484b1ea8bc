package dev.vestibule.outbox;

import dev.vestibule.config.HomeId;
import dev.vestibule.store.Database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads what Home Assistant has still to be told page by page, the oldest first. Safe to share
/// between threads.
public final class OutboxSearch {

    private final Database database;

    public OutboxSearch(Database database) {
        this.database = database;
    }

    /// @param next after which the next page begins; empty where this is the last one
    public record Found(List<OutboxEntry> entries, Optional<String> next) {
        public Found {
            entries = List.copyOf(entries);
        }
    }

    private record Line(String id, OutboxEntry entry) {}

    /// @param after where the page before ended; empty text for the first page
    /// @param max how many at most
    public Found find(String after, int max) {
        List<Line> lines = read(after, max + 1);
        List<Line> shown = lines.subList(0, Math.min(lines.size(), max));
        return new Found(
                shown.stream().map(Line::entry).toList(),
                lines.size() > max ? Optional.of(shown.getLast().id()) : Optional.empty());
    }

    private List<Line> read(String after, int max) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT id, home_id, account_id, kind, attempt_count,
                                               problem, is_unconverged, created_at
                                          FROM outbox
                                         WHERE id > :after
                                         ORDER BY id
                                         LIMIT :max
                                        """)
                                .bind("after", after)
                                .bind("max", max)
                                .map((row, _) -> new Line(row.getString("id"), entry(row)))
                                .list());
    }

    static OutboxEntry entry(ResultSet row) throws SQLException {
        String account = row.getString("account_id");
        return new OutboxEntry(
                new HomeId(row.getString("home_id")),
                account == null ? "" : account,
                row.getString("kind"),
                row.getInt("attempt_count"),
                row.getString("problem"),
                row.getBoolean("is_unconverged"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
