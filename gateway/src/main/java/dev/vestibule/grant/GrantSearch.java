package dev.vestibule.grant;

import dev.vestibule.config.HomeId;
import dev.vestibule.store.Cursor;
import dev.vestibule.store.Database;
import dev.vestibule.store.LikePattern;

import org.jdbi.v3.core.Handle;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Reads grants page by page, those that were used last first. Revoked ones are not among them.
/// Safe to share between threads.
public final class GrantSearch {

    /// A statement takes only so many values.
    private static final int CHUNK = 500;

    private static final Comparator<Line> LAST_USED_FIRST =
            Comparator.comparing((Line line) -> line.grant().lastUsedAt()).reversed();

    private final Database database;
    private final GrantService grants;

    /// @param grants counts what they have open
    public GrantSearch(Database database, GrantService grants) {
        this.database = database;
        this.grants = grants;
    }

    /// How much of it.
    public enum Extent {
        EVERYTHING,
        /// Without what was issued from a browser's session, and ends with it.
        BESIDE_BROWSERS
    }

    /// What is looked for.
    ///
    /// @param homes only at one of these
    /// @param account the id of whose; empty text for everybody's, services among them
    /// @param clientId of which client; empty text for all
    /// @param words a part of its person's name, or, where no client is named, of its own or of the
    ///   client's id, in any case of letters that are ASCII; empty text for all
    /// @param after only those that come after this place in the list
    /// @param max how many at most
    public record Query(
            Set<HomeId> homes,
            String account,
            String clientId,
            String words,
            Extent extent,
            Cursor after,
            int max) {

        public Query {
            homes = Set.copyOf(homes);
        }

        /// Everything at some homes.
        public static Query at(Set<HomeId> homes, Cursor after, int max) {
            return new Query(homes, "", "", "", Extent.EVERYTHING, after, max);
        }

        public Query of(String accountId) {
            return new Query(homes, accountId, clientId, words, extent, after, max);
        }

        public Query through(String someClientId) {
            return new Query(homes, account, someClientId, words, extent, after, max);
        }

        public Query with(String someWords) {
            return new Query(homes, account, clientId, someWords, extent, after, max);
        }

        public Query only(Extent some) {
            return new Query(homes, account, clientId, words, some, after, max);
        }
    }

    /// A grant with whose it is.
    ///
    /// @param person what pages call them; empty for a service
    /// @param openCount how many sockets and streams of it this process has open
    public record Line(GrantSummary grant, String person, int openCount) {}

    /// @param hasMore whether others come after the last one
    public record Found(List<Line> grants, boolean hasMore) {

        public Found {
            grants = List.copyOf(grants);
        }

        /// Where the next page begins; empty where this is the last one.
        public Optional<Cursor> next() {
            return hasMore
                    ? Optional.of(
                            new Cursor(
                                    grants.getLast().grant().lastUsedAt().toEpochMilli(),
                                    grants.getLast().grant().id().value()))
                    : Optional.empty();
        }
    }

    public Found find(Query query) {
        List<Line> found = database.read(handle -> read(handle, query));
        return new Found(
                found.subList(0, Math.min(found.size(), query.max())), found.size() > query.max());
    }

    /// One grant that is not revoked.
    public Optional<GrantSummary> find(GrantId id) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        GrantSummaries.SELECT
                                                + " WHERE g.id = :id AND g.state <> 'revoked'")
                                .bind("id", id.value())
                                .map((row, _) -> GrantSummaries.fromRow(row))
                                .findOne());
    }

    /// Those that have something open now, at most so many.
    public Found open(Set<HomeId> homes, int max) {
        List<GrantId> ids = grants.open();
        List<Line> found =
                database.read(
                        handle ->
                                IntStream.range(0, (ids.size() + CHUNK - 1) / CHUNK)
                                        .mapToObj(chunk -> chunk(ids, chunk))
                                        .flatMap(some -> read(handle, homes, some).stream())
                                        .sorted(LAST_USED_FIRST)
                                        .limit(max + 1L)
                                        .toList());
        return new Found(found.subList(0, Math.min(found.size(), max)), found.size() > max);
    }

    private static List<GrantId> chunk(List<GrantId> ids, int chunk) {
        return ids.subList(chunk * CHUNK, Math.min(ids.size(), (chunk + 1) * CHUNK));
    }

    private List<Line> read(Handle handle, Query query) {
        return handle.createQuery(
                        GrantSummaries.SELECT
                                + """
                                 WHERE g.state <> 'revoked'
                                   AND (:account = '' OR g.account_id = :account)
                                   AND g.home_id IN (<homes>)
                                   AND (:client = '' OR g.client_id = :client)
                                   AND (:words = '%%'
                                        OR LOWER(a.username) LIKE :words ESCAPE '!'
                                        OR LOWER(a.display_name) LIKE :words ESCAPE '!'
                                        OR (:client = ''
                                            AND (LOWER(g.name) LIKE :words ESCAPE '!'
                                                 OR LOWER(g.client_id)
                                                    LIKE :words ESCAPE '!')))
                                   AND (:browsers OR g.session_id IS NULL)
                                   AND (g.last_used_at, g.id) < (:at, :id)
                                 ORDER BY g.last_used_at DESC, g.id DESC
                                 LIMIT :max
                                """)
                .bind("account", query.account())
                .bindList("homes", values(query.homes()))
                .bind("client", query.clientId())
                .bind("words", LikePattern.anywhere(query.words()))
                .bind("browsers", query.extent() == Extent.EVERYTHING)
                .bind("at", query.after().at())
                .bind("id", query.after().id())
                .bind("max", query.max() + 1)
                .map((row, _) -> line(GrantSummaries.fromRow(row), row.getString("display_name")))
                .list();
    }

    private List<Line> read(Handle handle, Set<HomeId> homes, List<GrantId> ids) {
        return handle.createQuery(
                        GrantSummaries.SELECT
                                + """
                                 WHERE g.id IN (<ids>) AND g.home_id IN (<homes>)
                                """)
                .bindList("ids", ids.stream().map(GrantId::value).toList())
                .bindList("homes", values(homes))
                .map((row, _) -> line(GrantSummaries.fromRow(row), row.getString("display_name")))
                .list();
    }

    private static List<String> values(Set<HomeId> homes) {
        return homes.stream().map(HomeId::value).toList();
    }

    private Line line(GrantSummary grant, String person) {
        return new Line(grant, person, grants.openCount(grant.id()));
    }
}
