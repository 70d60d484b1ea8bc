package dev.vestibule.session;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What became of the session that a cookie belongs to, as long as it is remembered. No look counts
/// as a use. Safe to share between threads; waits for the database.
public final class SessionInquiry {

    private final InstantSource time;
    private final Database database;
    private final SessionService sessions;

    /// @param sessions says which are alive
    public SessionInquiry(InstantSource time, Database database, SessionService sessions) {
        this.time = time;
        this.database = database;
        this.sessions = sessions;
    }

    /// A session, live or not.
    ///
    /// @param device as the browser called itself at the sign-in
    public record Known(
            AccountId account,
            HomeId home,
            SignInWay way,
            Instant beganAt,
            Instant lastUsedAt,
            Instant expiresAt,
            String device,
            Fate fate) {}

    /// Why it opens something, or not.
    public enum Fate {
        ALIVE,
        /// Its person's access ended since.
        PERSON_OUT,
        /// Its lifetime is over.
        OVER,
        /// It was not used for too long.
        IDLE
    }

    public Optional<Known> ofCookie(Secret cookie) {
        Instant now = time.instant();
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT s.account_id, s.home_id, s.way, s.created_at,
                                               s.last_used_at, s.expires_at, s.user_agent,
                                               CASE WHEN a.state = 'active'
                                                     AND a.epoch = s.account_epoch
                                                    THEN 1 ELSE 0 END AS may_come_in
                                          FROM session s
                                          JOIN account a ON a.id = s.account_id
                                         WHERE s.token_hash = :hash
                                        """)
                                .bind("hash", TokenHash.of(cookie).hex())
                                .map((row, _) -> known(row, cookie, now))
                                .findOne());
    }

    private Known known(ResultSet row, Secret cookie, Instant now) throws SQLException {
        HomeId home = new HomeId(row.getString("home_id"));
        Instant expiresAt = Instant.ofEpochMilli(row.getLong("expires_at"));
        return new Known(
                new AccountId(row.getString("account_id")),
                home,
                SignInWay.of(row.getString("way")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("last_used_at")),
                expiresAt,
                row.getString("user_agent"),
                fate(home, cookie, row.getInt("may_come_in") == 1, !expiresAt.isAfter(now)));
    }

    private Fate fate(HomeId home, Secret cookie, boolean mayComeIn, boolean isOver) {
        if (!mayComeIn) {
            return Fate.PERSON_OUT;
        }
        if (isOver) {
            return Fate.OVER;
        }
        return sessions.peek(home, cookie.reveal()).isPresent() ? Fate.ALIVE : Fate.IDLE;
    }
}
