package dev.vestibule.session;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
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
import java.util.function.ToIntFunction;

/// Reads sessions page by page, those that were used last first. Safe to share between threads.
public final class SessionSearch {

    private final Database database;
    private final ToIntFunction<SessionId> openCount;

    /// @param sessions counts what they have open
    public SessionSearch(Database database, SessionService sessions) {
        this.database = database;
        this.openCount = sessions::openCount;
    }

    /// What is looked for.
    ///
    /// @param account the id of whose; empty text for everybody's
    /// @param homes only at one of these
    /// @param after only those that come after this place in the list
    /// @param max how many at most
    public record Query(String account, Set<HomeId> homes, Cursor after, int max) {
        public Query {
            homes = Set.copyOf(homes);
        }
    }

    /// @param hasMore whether others come after the last one
    public record Found(List<SessionSummary> sessions, boolean hasMore) {

        public Found {
            sessions = List.copyOf(sessions);
        }

        /// Where the next page begins; empty where this is the last one.
        public Optional<Cursor> next() {
            return hasMore
                    ? Optional.of(
                            new Cursor(
                                    sessions.getLast().lastUsedAt().toEpochMilli(),
                                    sessions.getLast().id().value()))
                    : Optional.empty();
        }
    }

    public Found find(Query query) {
        List<SessionSummary> found = database.read(handle -> read(handle, query));
        return new Found(
                found.subList(0, Math.min(found.size(), query.max())), found.size() > query.max());
    }

    private List<SessionSummary> read(Handle handle, Query query) {
        return handle.createQuery(
                        """
                        SELECT s.id, s.account_id, a.display_name, s.home_id, s.way,
                               s.user_agent, s.address, s.created_at, s.last_used_at
                          FROM session s
                          JOIN account a ON a.id = s.account_id
                         WHERE (:account = '' OR s.account_id = :account)
                           AND s.home_id IN (<homes>)
                           AND (s.last_used_at, s.id) < (:at, :id)
                         ORDER BY s.last_used_at DESC, s.id DESC
                         LIMIT :max
                        """)
                .bind("account", query.account())
                .bindList("homes", query.homes().stream().map(HomeId::value).toList())
                .bind("at", query.after().at())
                .bind("id", query.after().id())
                .bind("max", query.max() + 1)
                .map((row, _) -> fromRow(row))
                .list();
    }

    /// How many browsers are signed in by a provider.
    ///
    /// @param homes only at one of these
    public int count(Issuer issuer, Set<HomeId> homes) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT COUNT(*) FROM session
                                         WHERE issuer = :issuer AND home_id IN (<homes>)
                                           AND way = 'provider'
                                        """)
                                .bind("issuer", issuer.value())
                                .bindList("homes", homes.stream().map(HomeId::value).toList())
                                .mapTo(Integer.class)
                                .one());
    }

    private SessionSummary fromRow(ResultSet row) throws SQLException {
        SessionId id = new SessionId(row.getString("id"));
        return new SessionSummary(
                id,
                new AccountId(row.getString("account_id")),
                row.getString("display_name"),
                new HomeId(row.getString("home_id")),
                SignInWay.of(row.getString("way")),
                row.getString("user_agent"),
                row.getString("address"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("last_used_at")),
                openCount.applyAsInt(id));
    }
}
