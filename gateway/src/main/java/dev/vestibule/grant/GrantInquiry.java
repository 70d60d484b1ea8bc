package dev.vestibule.grant;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Lifetimes;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SessionId;
import dev.vestibule.store.Database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// What became of the grant that a token belongs to. Looks at those that have ended too, and no
/// look counts as a use. Safe to share between threads; waits for the database.
public final class GrantInquiry {

    private static final String HAS_RUN_OUT =
            "EXISTS (SELECT 1 FROM client_grant x WHERE x.id = g.id AND "
                    + GrantStore.HAS_RUN_OUT
                    + ")";

    private static final String SELECT =
            """
            SELECT g.id, g.home_id, g.account_id, g.client_id, g.kind, g.state, g.name,
                   g.asked_from, g.asked_on,
                   g.created_at, g.last_used_at, g.expires_at, g.revoked_at, g.session_id,
                   COALESCE(a.state, 'active') AS account_state,
                   CASE WHEN %s THEN 1 ELSE 0 END AS is_live,
                   CASE WHEN %s THEN 1 ELSE 0 END AS has_run_out
              FROM client_grant g
              LEFT JOIN account a ON a.id = g.account_id
            """
                    .formatted(GrantStore.LIVE, HAS_RUN_OUT);

    private final InstantSource time;
    private final Database database;
    private final GrantService grants;

    /// @param grants knows how long apps stay signed in
    public GrantInquiry(InstantSource time, Database database, GrantService grants) {
        this.time = time;
        this.database = database;
        this.grants = grants;
    }

    /// A grant, live or not.
    ///
    /// @param endedAt empty where nobody ended it
    /// @param session from which it was issued; empty where it outlives every session
    public record Known(
            GrantSummary grant,
            Fate fate,
            Optional<Instant> endedAt,
            Optional<SessionId> session) {}

    /// Why it opens something, or not.
    public enum Fate {
        ALIVE,
        /// It waits for an administrator's approval.
        WAITING,
        /// Somebody ended it, or what it came from.
        ENDED,
        /// Its person is suspended or removed.
        PERSON_OUT,
        /// Its person's access ended since it was made, and began anew.
        OLDER,
        /// It was not used for too long, or its time is over.
        RAN_OUT
    }

    /// @param refreshToken as its client has it
    public Optional<Known> ofRefreshToken(Secret refreshToken) {
        return find("g.outer_hash = :value", Map.of("value", TokenHash.of(refreshToken).hex()));
    }

    /// @param tokenId Home Assistant's id of the refresh token, as access tokens and signed paths
    ///   name it
    public Optional<Known> ofTokenId(HomeId home, String tokenId) {
        return find(
                """
                g.home_id = :home AND g.id IN (SELECT t.grant_id FROM upstream_token t
                                                WHERE t.home_id = :home AND t.ha_token_id = :value)
                """,
                Map.of("home", home.value(), "value", tokenId));
    }

    private Optional<Known> find(String condition, Map<String, String> values) {
        return homeOf(condition, values).flatMap(home -> find(home, condition, values));
    }

    private Optional<HomeId> homeOf(String condition, Map<String, String> values) {
        return database.read(
                handle ->
                        handle
                                .createQuery(
                                        "SELECT g.home_id FROM client_grant g WHERE " + condition)
                                .bindMap(values)
                                .mapTo(String.class)
                                .list()
                                .stream()
                                .findFirst()
                                .map(HomeId::new));
    }

    private Optional<Known> find(HomeId home, String condition, Map<String, String> values) {
        Instant now = time.instant();
        Lifetimes apps = grants.lifetimesAt(home);
        return database.read(
                handle ->
                        handle
                                .createQuery(SELECT + " WHERE " + condition)
                                .bindMap(values)
                                .bind("idle", apps.idleSince(now).toEpochMilli())
                                .bind("oldest", apps.oldest(now).toEpochMilli())
                                .map((row, _) -> known(row, now))
                                .list()
                                .stream()
                                .findFirst());
    }

    private static Known known(ResultSet row, Instant now) throws SQLException {
        GrantSummary grant = GrantSummaries.fromRow(row);
        return new Known(
                grant,
                fate(row, grant, now),
                Optional.ofNullable(row.getObject("revoked_at"))
                        .map(Number.class::cast)
                        .map(Number::longValue)
                        .map(Instant::ofEpochMilli),
                Optional.ofNullable(row.getString("session_id")).map(SessionId::new));
    }

    private static Fate fate(ResultSet row, GrantSummary grant, Instant now) throws SQLException {
        if (!row.getString("account_state").equals("active")) {
            return Fate.PERSON_OUT;
        }
        if (grant.isWaiting()) {
            return Fate.WAITING;
        }
        if (!row.getString("state").equals("active")) {
            return Fate.ENDED;
        }
        if (row.getInt("is_live") == 0) {
            return Fate.OLDER;
        }
        boolean isOver = grant.expiresAt().filter(end -> !end.isAfter(now)).isPresent();
        return isOver || row.getInt("has_run_out") == 1 ? Fate.RAN_OUT : Fate.ALIVE;
    }
}
