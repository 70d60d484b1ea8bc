package dev.vestibule.grant;

import dev.vestibule.config.HomeId;
import dev.vestibule.store.Cursor;
import dev.vestibule.store.Database;
import dev.vestibule.store.LikePattern;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads, page by page, which clients were ever given a grant, those that used one last first. Safe
/// to share between threads.
public final class ClientSearch {

    /// A client is a name at a home: each home has a configuration of its own about it. `last_id`
    /// is that of one grant, so no two clients have the same.
    private static final String SELECT =
            """
            SELECT c.home_id, c.client_id, c.name, c.live, c.people, c.used, c.last_id
              FROM (SELECT g.home_id, g.client_id, MAX(g.name) AS name,
                           COUNT(CASE WHEN g.state <> 'revoked' THEN 1 END) AS live,
                           COUNT(DISTINCT CASE WHEN g.state <> 'revoked'
                                               THEN g.account_id END) AS people,
                           MAX(g.last_used_at) AS used, MAX(g.id) AS last_id,
                           MAX(CASE WHEN LOWER(g.client_id) LIKE :words ESCAPE '!'
                                      OR LOWER(g.name) LIKE :words ESCAPE '!'
                                    THEN 1 ELSE 0 END) AS is_meant
                      FROM client_grant g
                     WHERE g.client_id <> '' AND g.home_id IN (<homes>)
                       AND (:client = '' OR g.client_id = :client)
                     GROUP BY g.home_id, g.client_id) c
             WHERE c.is_meant = 1 AND (c.used, c.last_id) < (:at, :id)
             ORDER BY c.used DESC, c.last_id DESC
             LIMIT :max
            """;

    private final Database database;

    public ClientSearch(Database database) {
        this.database = database;
    }

    /// What is looked for.
    ///
    /// @param homes only at one of these
    /// @param words a part of the client's id or of what it calls itself, in any case of letters
    ///   that are ASCII; empty text for all
    /// @param after only those that come after this place in the list
    /// @param max how many at most
    public record Query(Set<HomeId> homes, String words, Cursor after, int max) {
        public Query {
            homes = Set.copyOf(homes);
        }
    }

    /// A client at a home.
    ///
    /// @param name what one of its grants is called; nobody has checked it
    /// @param live how many of its grants have not ended
    /// @param people whose those are
    /// @param lastUsedAt when one of its grants, ended or not, was used last
    /// @param lastId of one of its grants
    public record Line(
            HomeId home,
            String clientId,
            String name,
            int live,
            int people,
            Instant lastUsedAt,
            String lastId) {

        /// A client that was never given a grant.
        public static Line neverSeen(HomeId home, String clientId) {
            return new Line(home, clientId, "", 0, 0, Instant.EPOCH, "");
        }

        public boolean hasBeenSeen() {
            return !lastId.isEmpty();
        }
    }

    /// @param hasMore whether others come after the last one
    public record Found(List<Line> clients, boolean hasMore) {

        public Found {
            clients = List.copyOf(clients);
        }

        /// Where the next page begins; empty where this is the last one.
        public Optional<Cursor> next() {
            return hasMore
                    ? Optional.of(
                            new Cursor(
                                    clients.getLast().lastUsedAt().toEpochMilli(),
                                    clients.getLast().lastId()))
                    : Optional.empty();
        }
    }

    public Found find(Query query) {
        List<Line> found = database.read(handle -> read(handle, query, ""));
        return new Found(
                found.subList(0, Math.min(found.size(), query.max())), found.size() > query.max());
    }

    /// One client, if it was ever given a grant there.
    public Optional<Line> find(HomeId home, String clientId) {
        Query all = new Query(Set.of(home), "", Cursor.NEWEST, 1);
        return clientId.isEmpty()
                ? Optional.empty()
                : database.read(handle -> read(handle, all, clientId)).stream().findFirst();
    }

    private static List<Line> read(Handle handle, Query query, String clientId) {
        return handle.createQuery(SELECT)
                .bind("words", LikePattern.anywhere(query.words()))
                .bindList("homes", query.homes().stream().map(HomeId::value).toList())
                .bind("client", clientId)
                .bind("at", query.after().at())
                .bind("id", query.after().id())
                .bind("max", query.max() + 1)
                .map((row, _) -> line(row))
                .list();
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                new HomeId(row.getString("home_id")),
                row.getString("client_id"),
                row.getString("name"),
                row.getInt("live"),
                row.getInt("people"),
                Instant.ofEpochMilli(row.getLong("used")),
                row.getString("last_id"));
    }
}
