package dev.vestibule.webhook;

import dev.vestibule.config.HomeId;
import dev.vestibule.store.Cursor;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads phones' webhooks page by page, the newest first. Safe to share between threads.
public final class WebhookSearch {

    private final Database database;

    public WebhookSearch(Database database) {
        this.database = database;
    }

    /// What is looked for.
    ///
    /// @param homes only at one of these
    /// @param after only those that come after this place in the list
    /// @param max how many at most
    public record Query(Set<HomeId> homes, Cursor after, int max) {
        public Query {
            homes = Set.copyOf(homes);
        }
    }

    /// @param hasMore whether others come after the last one
    public record Found(List<WebhookLine> webhooks, boolean hasMore) {
        public Found {
            webhooks = List.copyOf(webhooks);
        }

        /// Where the next page begins; empty where this is the last one. Two homes may have a phone
        /// of the same id: one that was set up from a backup of the other.
        public Optional<Cursor> next() {
            return hasMore ? Optional.of(after(webhooks.getLast())) : Optional.empty();
        }

        private static Cursor after(WebhookLine last) {
            return new Cursor(
                    last.createdAt().toEpochMilli(), last.key() + "." + last.home().value());
        }
    }

    public Found find(Query query) {
        List<WebhookLine> found = database.read(handle -> read(handle, query));
        return new Found(
                found.subList(0, Math.min(found.size(), query.max())), found.size() > query.max());
    }

    private static List<WebhookLine> read(Handle handle, Query query) {
        return handle.createQuery(
                        """
                        SELECT home_id, id_hash, account_id, name, open_until, is_closed,
                               created_at
                          FROM webhook
                         WHERE home_id IN (<homes>)
                           AND (created_at, id_hash || '.' || home_id) < (:at, :id)
                         ORDER BY created_at DESC, id_hash || '.' || home_id DESC
                         LIMIT :max
                        """)
                .bindList("homes", query.homes().stream().map(HomeId::value).toList())
                .bind("at", query.after().at())
                .bind("id", query.after().id())
                .bind("max", query.max() + 1)
                .map((row, _) -> line(row))
                .list();
    }

    static WebhookLine line(ResultSet row) throws SQLException {
        String account = row.getString("account_id");
        long until = row.getLong("open_until");
        return new WebhookLine(
                new HomeId(row.getString("home_id")),
                row.getString("id_hash"),
                account == null ? "" : account,
                row.getString("name"),
                account == null ? Optional.of(Instant.ofEpochMilli(until)) : Optional.empty(),
                row.getBoolean("is_closed"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
