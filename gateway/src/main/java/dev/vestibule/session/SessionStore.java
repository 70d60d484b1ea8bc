package dev.vestibule.session;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.config.HomeId;
import dev.vestibule.connection.ConnectionRegistry;
import dev.vestibule.connection.Cut;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SessionService.Beginning;
import dev.vestibule.session.SessionService.Surplus;
import dev.vestibule.session.SessionService.Used;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/// Owns the table `session`, and the connections of each session. Methods that take a `Handle` run
/// inside the caller's transaction. Safe to share between threads.
public final class SessionStore {

    private static final int TEXT_MAX = 300;

    private final ConnectionRegistry<SessionId> connections = new ConnectionRegistry<>();
    private final BiPredicate<AccountId, HomeId> isRoleHeld;

    /// @param isRoleHeld whose sessions wait at a home, see [LiveSession#isHeld()]
    public SessionStore(BiPredicate<AccountId, HomeId> isRoleHeld) {
        this.isRoleHeld = isRoleHeld;
    }

    /// A session that is about to begin.
    LiveSession beginning(
            SessionId id,
            Account account,
            HomeId home,
            SignInWay way,
            Instant authenticatedAt,
            Instant beganAt,
            Instant expiresAt) {
        return new LiveSession(
                id,
                account.id(),
                account.epoch(),
                home,
                way,
                authenticatedAt,
                beganAt,
                expiresAt,
                connections.of(id),
                isRoleHeld);
    }

    int openCount(SessionId id) {
        return connections.of(id).count();
    }

    void interrupt(SessionId id, Cut reason) {
        connections.of(id).interrupt(reason);
    }

    void end(SessionId id, Cut reason) {
        connections.end(id, reason);
    }

    /// Inserts only where the account is active and in the epoch that the session was made for.
    boolean insert(Handle tx, LiveSession session, TokenHash hash, Beginning beginning) {
        return tx.createUpdate(
                                """
                                INSERT INTO session
                                       (id, token_hash, account_id, account_epoch, home_id, issuer,
                                        provider_sid, way, authenticated_at, created_at,
                                        last_used_at, expires_at, is_anywhere, address,
                                        user_agent)
                                SELECT :id, :hash, a.id, a.epoch, :home, :issuer,
                                       :sid, :way, :authenticated, :now, :now,
                                       :expires, :anywhere, :address, :agent
                                  FROM account a
                                 WHERE a.id = :account AND a.epoch = :epoch
                                   AND a.state = 'active'
                                """)
                        .bind("id", session.id().value())
                        .bind("hash", hash.hex())
                        .bind("home", session.home().value())
                        .bind("issuer", beginning.issuer().value())
                        .bind("sid", beginning.providerSid())
                        .bind("way", session.way().stored())
                        .bind("authenticated", session.authenticatedAt().toEpochMilli())
                        .bind("now", session.beganAt().toEpochMilli())
                        .bind("expires", session.expiresAt().toEpochMilli())
                        .bind("anywhere", beginning.reach() == Reach.ANYWHERE)
                        .bind("address", beginning.address())
                        .bind("agent", shortened(beginning.userAgent()))
                        .bind("account", session.account().value())
                        .bind("epoch", session.accountEpoch())
                        .execute()
                == 1;
    }

    private static String shortened(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }

    boolean isKnown(Handle handle, TokenHash hash) {
        return handle.createQuery("SELECT 1 FROM session WHERE token_hash = :hash")
                .bind("hash", hash.hex())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// Notes the use of a session that has not run out, and whose account is still in its epoch.
    Optional<LiveSession> touch(Handle tx, TokenHash hash, Instant now, Instant idleSince) {
        return tx.createQuery(
                        """
                        UPDATE session SET last_used_at = :now
                         WHERE token_hash = :hash
                           AND expires_at > :now
                           AND last_used_at > :idle
                           AND EXISTS (SELECT 1 FROM account a
                                        WHERE a.id = session.account_id
                                          AND a.epoch = session.account_epoch
                                          AND a.state = 'active')
                        RETURNING id, account_id, account_epoch, home_id, way,
                                  authenticated_at, created_at, expires_at
                        """)
                .bind("now", now.toEpochMilli())
                .bind("hash", hash.hex())
                .bind("idle", idleSince.toEpochMilli())
                .map(this::fromRow)
                .findOne();
    }

    /// As [#touch(Handle, TokenHash, Instant, Instant)], and nothing is noted.
    Optional<LiveSession> peek(Handle handle, TokenHash hash, Instant now, Instant idleSince) {
        return where(
                        handle,
                        """
                        token_hash = :hash
                           AND expires_at > :now
                           AND last_used_at > :idle
                           AND EXISTS (SELECT 1 FROM account a
                                        WHERE a.id = session.account_id
                                          AND a.epoch = session.account_epoch
                                          AND a.state = 'active')
                        """,
                        Map.of(
                                "hash", hash.hex(),
                                "now", now.toEpochMilli(),
                                "idle", idleSince.toEpochMilli()))
                .stream()
                .findFirst();
    }

    List<SessionId> deleteAllOf(Handle tx, AccountId account) {
        return tx.createQuery("DELETE FROM session WHERE account_id = :account RETURNING id")
                .bind("account", account.value())
                .map((row, _) -> new SessionId(row.getString("id")))
                .list();
    }

    List<SessionId> deleteAllOf(Handle tx, AccountId account, HomeId home) {
        return tx.createQuery(
                        """
                        DELETE FROM session WHERE account_id = :account AND home_id = :home
                        RETURNING id
                        """)
                .bind("account", account.value())
                .bind("home", home.value())
                .map((row, _) -> new SessionId(row.getString("id")))
                .list();
    }

    List<SessionId> of(Handle handle, AccountId account, HomeId home) {
        return handle.createQuery(
                        """
                        SELECT id FROM session WHERE account_id = :account AND home_id = :home
                        """)
                .bind("account", account.value())
                .bind("home", home.value())
                .map((row, _) -> new SessionId(row.getString("id")))
                .list();
    }

    /// Where there is no session, nothing may be anywhere.
    boolean mayBeAnywhere(Handle handle, AccountId account, HomeId home) {
        List<Boolean> each =
                handle.createQuery(
                                """
                                SELECT is_anywhere FROM session
                                 WHERE account_id = :account AND home_id = :home
                                """)
                        .bind("account", account.value())
                        .bind("home", home.value())
                        .mapTo(Boolean.class)
                        .list();
        return !each.isEmpty() && !each.contains(false);
    }

    boolean hasAny(Handle handle, HomeId home) {
        return handle.createQuery("SELECT id FROM session WHERE home_id = :home LIMIT 1")
                .bind("home", home.value())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /// Deletes all but those that were used last.
    List<Surplus> deleteAllBut(Handle tx, AccountId account, int count) {
        return tx.createQuery(
                        """
                        DELETE FROM session
                         WHERE account_id = :account
                           AND id NOT IN (SELECT s.id FROM session s
                                           WHERE s.account_id = :account
                                           ORDER BY s.last_used_at DESC, s.id DESC
                                           LIMIT :count)
                        RETURNING id, home_id
                        """)
                .bind("account", account.value())
                .bind("count", count)
                .map(
                        (row, _) ->
                                new Surplus(
                                        new SessionId(row.getString("id")),
                                        new HomeId(row.getString("home_id"))))
                .list();
    }

    Optional<Issuer> issuerOf(Handle handle, SessionId id) {
        return handle.createQuery("SELECT issuer FROM session WHERE id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .map(Issuer::new)
                .findOne();
    }

    /// A session whose account is still in its epoch, whether its time is over or not.
    Optional<Used> find(Handle handle, SessionId id) {
        return handle.createQuery(
                        """
                        SELECT s.id, s.account_id, s.account_epoch, s.home_id, s.way,
                               s.authenticated_at, s.created_at, s.expires_at,
                               s.last_used_at
                          FROM session s
                          JOIN account a ON a.id = s.account_id AND a.epoch = s.account_epoch
                         WHERE s.id = :id
                           AND a.state = 'active'
                        """)
                .bind("id", id.value())
                .map(
                        (row, context) ->
                                new Used(
                                        fromRow(row, context),
                                        Instant.ofEpochMilli(row.getLong("last_used_at"))))
                .findOne();
    }

    /// The sessions that came from one session at a provider.
    List<LiveSession> ofProviderSession(Handle tx, Issuer issuer, String sid) {
        return where(
                tx,
                "issuer = :issuer AND provider_sid = :sid",
                Map.of("issuer", issuer.value(), "sid", sid));
    }

    /// The sessions of an account that came from a provider.
    List<LiveSession> ofIssuer(Handle tx, AccountId account, Issuer issuer) {
        return where(
                tx,
                "account_id = :account AND issuer = :issuer",
                Map.of("account", account.value(), "issuer", issuer.value()));
    }

    List<LiveSession> allOf(Handle tx, AccountId account) {
        return where(tx, "account_id = :account", Map.of("account", account.value()));
    }

    private List<LiveSession> where(Handle tx, String condition, Map<String, ?> values) {
        return tx.createQuery(
                        """
                        SELECT id, account_id, account_epoch, home_id, way,
                               authenticated_at, created_at, expires_at
                          FROM session
                         WHERE
                        """
                                + condition)
                .bindMap(values)
                .map(this::fromRow)
                .list();
    }

    boolean delete(Handle tx, SessionId id) {
        return tx.createUpdate("DELETE FROM session WHERE id = :id")
                        .bind("id", id.value())
                        .execute()
                == 1;
    }

    /// As [#touch(Handle, TokenHash, Instant, Instant)], by the id.
    boolean touch(Handle tx, SessionId id, Instant now, Instant idleSince) {
        return tx.createUpdate(
                                """
                                UPDATE session SET last_used_at = :now
                                 WHERE id = :id
                                   AND expires_at > :now
                                   AND last_used_at > :idle
                                """)
                        .bind("now", now.toEpochMilli())
                        .bind("id", id.value())
                        .bind("idle", idleSince.toEpochMilli())
                        .execute()
                == 1;
    }

    void keep(Handle tx, SessionId id, Instant now) {
        tx.createUpdate("UPDATE session SET last_used_at = :now WHERE id = :id")
                .bind("now", now.toEpochMilli())
                .bind("id", id.value())
                .execute();
    }

    List<LiveSession> expired(Handle tx, HomeId home, Instant now, int count) {
        return ranOut(tx, home, "expires_at <= :moment", now, count);
    }

    List<LiveSession> idle(Handle tx, HomeId home, Instant idleSince, int count) {
        return ranOut(tx, home, "last_used_at <= :moment", idleSince, count);
    }

    private List<LiveSession> ranOut(
            Handle tx, HomeId home, String condition, Instant moment, int count) {
        return where(
                tx,
                "home_id = :home AND " + condition + " LIMIT :count",
                Map.of("home", home.value(), "moment", moment.toEpochMilli(), "count", count));
    }

    private LiveSession fromRow(ResultSet row, StatementContext context) throws SQLException {
        SessionId id = new SessionId(row.getString("id"));
        return new LiveSession(
                id,
                new AccountId(row.getString("account_id")),
                row.getLong("account_epoch"),
                new HomeId(row.getString("home_id")),
                SignInWay.of(row.getString("way")),
                Instant.ofEpochMilli(row.getLong("authenticated_at")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                connections.of(id),
                isRoleHeld);
    }
}
