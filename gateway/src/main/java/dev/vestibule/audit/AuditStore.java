package dev.vestibule.audit;

import dev.vestibule.store.Cursor;
import dev.vestibule.store.Database;
import dev.vestibule.store.LikePattern;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Reads the log, a page at a time, however long it is. Safe to share between threads; waits for
/// the database.
public final class AuditStore {

    public static final int PAGE_MAX = 1_000;

    private final Database database;

    public AuditStore(Database database) {
        this.database = database;
    }

    /// The lines before a place, the newest first.
    ///
    /// @param before [Cursor#NEWEST] for the first page
    /// @param count at most [#PAGE_MAX]
    public AuditPage before(AuditQuery query, Cursor before, int count) {
        return page(
                query,
                before,
                count,
                """
                   AND (at, id) < (:cursorAt, :cursorId)
                 ORDER BY at DESC, id DESC
                """);
    }

    /// The lines after a place, the oldest first.
    ///
    /// @param after [Cursor#OLDEST] for the first page
    /// @param count at most [#PAGE_MAX]
    public AuditPage after(AuditQuery query, Cursor after, int count) {
        return page(
                query,
                after,
                count,
                """
                   AND (at, id) > (:cursorAt, :cursorId)
                 ORDER BY at, id
                """);
    }

    private AuditPage page(AuditQuery query, Cursor cursor, int count, String order) {
        if (count < 1 || count > PAGE_MAX) {
            throw new IllegalArgumentException("a page of " + count);
        }
        return database.read(
                handle -> {
                    try (Stream<AuditLine> lines = lines(handle, query, cursor, order)) {
                        List<AuditLine> found = lines.limit(count + 1L).toList();
                        return found.size() > count
                                ? new AuditPage(found.subList(0, count), true)
                                : new AuditPage(found, false);
                    }
                });
    }

    /// The database leaves out what cannot match; whether a text stands in a value, and not in the
    /// name of a member, is seen here, row by row.
    private static Stream<AuditLine> lines(
            Handle handle, AuditQuery query, Cursor cursor, String order) {
        String text = query.text().toLowerCase(Locale.ROOT);
        return bound(handle.createQuery(sql(query) + order), query, cursor)
                .map((row, _) -> line(row))
                .stream()
                .filter(line -> text.isEmpty() || hasText(line, text));
    }

    private static String sql(AuditQuery query) {
        StringBuilder sql =
                new StringBuilder(
                        """
                        SELECT id, at, kind, address, detail
                          FROM audit_event
                         WHERE at >= :since AND at < :until
                        """);
        if (!query.account().isEmpty()) {
            sql.append("   AND account_id = :account\n");
        }
        if (!query.home().isEmpty()) {
            sql.append("   AND (home_id = :home OR home_id IS NULL)\n");
        }
        if (!query.kinds().isEmpty()) {
            sql.append("   AND kind IN (<kinds>)\n");
        }
        if (!query.reason().isEmpty()) {
            sql.append("   AND reason = :reason\n");
        }
        if (isForDatabase(query.text())) {
            sql.append(
                    """
                       AND (LOWER(detail) LIKE :detail ESCAPE '!'
                        OR LOWER(address) LIKE :address ESCAPE '!')
                    """);
        }
        return sql.toString();
    }

    /// SQLite knows small and capital letters of ASCII only.
    private static boolean isForDatabase(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 0x80);
    }

    private static Query bound(Query sql, AuditQuery query, Cursor cursor) {
        sql.bind("since", query.since().toEpochMilli())
                .bind("until", query.until().toEpochMilli())
                .bind("cursorAt", cursor.at())
                .bind("cursorId", cursor.id());
        if (!query.account().isEmpty()) {
            sql.bind("account", query.account());
        }
        if (!query.home().isEmpty()) {
            sql.bind("home", query.home());
        }
        if (!query.kinds().isEmpty()) {
            sql.bindList("kinds", List.copyOf(query.kinds()));
        }
        if (!query.reason().isEmpty()) {
            sql.bind("reason", query.reason());
        }
        if (isForDatabase(query.text())) {
            sql.bind("detail", LikePattern.anywhere(AuditJson.quoted(query.text())))
                    .bind("address", LikePattern.anywhere(query.text()));
        }
        return sql;
    }

    private static boolean hasText(AuditLine line, String text) {
        return line.address().toLowerCase(Locale.ROOT).contains(text)
                || AuditJson.hasValueWith(line.detail(), text);
    }

    private static AuditLine line(ResultSet row) throws SQLException {
        return new AuditLine(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("kind"),
                row.getString("address"),
                row.getString("detail"));
    }
}
