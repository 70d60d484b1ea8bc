package dev.vestibule.webhook;

import dev.vestibule.config.HomeId;
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
    /// @param afterHome where the page before ended; empty text for the first page
    /// @param afterKey as above
    /// @param max how many at most
    public record Query(Set<HomeId> homes, String afterHome, String afterKey, int max) {
        public Query {
            homes = Set.copyOf(homes);
        }
    }

    /// @param hasMore whether others come after the last one
    public record Found(List<WebhookLine> webhooks, boolean hasMore) {
        public Found {
            webhooks = List.copyOf(webhooks);
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
                           AND (:key = ''
                                OR (created_at, home_id, id_hash) <
                                   (SELECT l.created_at, l.home_id, l.id_hash FROM webhook l
                                     WHERE l.home_id = :home AND l.id_hash = :key))
                         ORDER BY created_at DESC, home_id DESC, id_hash DESC
                         LIMIT :max
                        """)
                .bindList("homes", query.homes().stream().map(HomeId::value).toList())
                .bind("home", query.afterHome())
                .bind("key", query.afterKey())
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
