package dev.vestibule.grant;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Lifetimes;
import dev.vestibule.connection.ConnectionRegistry;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SessionId;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/// Owns the tables `client_grant` and `upstream_token`, with [GrantEndings], and the connections of
/// each grant. Every method that takes a `Handle` runs inside the caller's transaction.
final class GrantStore {

    /// A grant counts only while it is active and its account is active in the same epoch; a
    /// service grant has no account.
    static final String LIVE =
            """
            g.state = 'active'
            AND (g.account_id IS NULL
                 OR EXISTS (SELECT 1 FROM account a
                             WHERE a.id = g.account_id AND a.epoch = g.account_epoch
                               AND a.state = 'active'))
            """;

    private static final String SELECT =
            """
            SELECT g.id, g.home_id, g.kind, g.account_id, g.account_epoch, g.client_id
              FROM client_grant g
            """;

    private final ConnectionRegistry<GrantId> connections = new ConnectionRegistry<>();
    private final BiPredicate<AccountId, HomeId> isRoleHeld;

    GrantStore(BiPredicate<AccountId, HomeId> isRoleHeld) {
        this.isRoleHeld = isRoleHeld;
    }

    ConnectionRegistry<GrantId> connections() {
        return connections;
    }

    /// Inserts a grant; a person's only while the account is active, in the same epoch, and has a
    /// role at the home.
    ///
    /// @return false where the account's access has ended meanwhile
    boolean insert(Handle tx, NewGrant grant, Instant now) {
        return tx.createUpdate(
                                """
                                INSERT INTO client_grant
                                       (id, home_id, account_id, account_epoch, session_id,
                                        client_id, kind, state, name, asked_from, asked_on,
                                        outer_hash, inner_sealed,
                                        created_at, last_used_at, expires_at)
                                SELECT :id, :home, :account, :epoch, :session,
                                       :client, :kind, :state, :name, :from, :on,
                                       :outer, :inner,
                                       :now, :now, :expires
                                 WHERE :account IS NULL
                                    OR EXISTS (SELECT 1 FROM account a
                                                 JOIN role r ON r.account_id = a.id
                                                WHERE a.id = :account AND a.epoch = :epoch
                                                  AND a.state = 'active'
                                                  AND r.home_id = :home)
                                """)
                        .bind("id", grant.id().value())
                        .bind("home", grant.home().value())
                        .bind("account", accountOf(grant.owner()))
                        .bind("epoch", epochOf(grant.owner()))
                        .bind("session", grant.sessionId())
                        .bind("client", grant.clientId())
                        .bind("kind", grant.kind().stored())
                        .bind("state", grant.isWaiting() ? "pending" : "active")
                        .bind("name", grant.name())
                        .bind("from", grant.from().address())
                        .bind("on", grant.from().userAgent())
                        .bind("outer", grant.outerHash())
                        .bind("inner", grant.innerSealed())
                        .bind(
                                "expires",
                                grant.expiresAt() == null ? null : grant.expiresAt().toEpochMilli())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    private static @Nullable String accountOf(GrantOwner owner) {
        return switch (owner) {
            case GrantOwner.Person(var account, _) -> account.value();
            case GrantOwner.Service() -> null;
        };
    }

    private static long epochOf(GrantOwner owner) {
        return switch (owner) {
            case GrantOwner.Person(_, var epoch) -> epoch;
            case GrantOwner.Service() -> 0;
        };
    }

    /// Notes that Home Assistant's token belongs to the grant. The same token twice is no error.
    void insertUpstreamToken(
            Handle tx, HomeId home, String homeAssistantTokenId, GrantId grant, Instant now) {
        tx.createUpdate(
                        """
                        INSERT INTO upstream_token (home_id, ha_token_id, grant_id, created_at)
                        VALUES (:home, :token, :grant, :now)
                        ON CONFLICT (home_id, ha_token_id) DO NOTHING
                        """)
                .bind("home", home.value())
                .bind("token", homeAssistantTokenId)
                .bind("grant", grant.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    Optional<LiveGrant> findByUpstreamToken(
            Handle handle, HomeId home, String homeAssistantTokenId) {
        return handle.createQuery(
                        SELECT
                                + """
                                  JOIN upstream_token t
                                    ON t.grant_id = g.id AND t.home_id = g.home_id
                                 WHERE t.home_id = :home AND t.ha_token_id = :token AND
                                """
                                + LIVE)
                .bind("home", home.value())
                .bind("token", homeAssistantTokenId)
                .map(this::fromRow)
                .findOne();
    }

    /// What the store knows of a token id, live or not.
    Optional<String> stateOfUpstreamToken(Handle handle, HomeId home, String homeAssistantTokenId) {
        return handle.createQuery(
                        """
                        SELECT g.state FROM client_grant g
                          JOIN upstream_token t
                            ON t.grant_id = g.id AND t.home_id = g.home_id
                         WHERE t.home_id = :home AND t.ha_token_id = :token
                        """)
                .bind("home", home.value())
                .bind("token", homeAssistantTokenId)
                .mapTo(String.class)
                .findOne();
    }

    /// A grant with its sealed inner refresh token.
    ///
    /// @param session that it was issued from; empty for an app
    record Refreshable(LiveGrant grant, String innerSealed, Optional<SessionId> session) {}

    /// Access that is no browser's ends by itself, see [dev.vestibule.config.AppsConfig].
    private static final String OF_AN_APP =
            "session_id IS NULL AND account_id IS NOT NULL AND inner_sealed IS NOT NULL";

    static final String HAS_RUN_OUT =
            "(" + OF_AN_APP + " AND (last_used_at <= :idle OR created_at <= :oldest))";

    /// Finds a live grant by our refresh token, and notes the use.
    Optional<Refreshable> touchByOuterToken(
            Handle tx, HomeId home, TokenHash outer, Instant now, Lifetimes apps) {
        return tx.createQuery(
                        """
                        UPDATE client_grant AS g SET last_used_at = :now
                         WHERE g.outer_hash = :outer AND g.home_id = :home
                           AND g.inner_sealed IS NOT NULL AND\s
                        """
                                + LIVE
                                + " AND NOT "
                                + HAS_RUN_OUT
                                + """
                                RETURNING id, home_id, kind, account_id, account_epoch,
                                          client_id, inner_sealed, session_id
                                """)
                .bind("now", now.toEpochMilli())
                .bind("idle", apps.idleSince(now).toEpochMilli())
                .bind("oldest", apps.oldest(now).toEpochMilli())
                .bind("outer", outer.hex())
                .bind("home", home.value())
                .map(
                        (row, context) ->
                                new Refreshable(
                                        fromRow(row, context),
                                        row.getString("inner_sealed"),
                                        Optional.ofNullable(row.getString("session_id"))
                                                .map(SessionId::new)))
                .findOne();
    }

    /// Finds a live grant, and notes the use.
    Optional<LiveGrant> touch(Handle tx, GrantId id, Instant now) {
        return tx.createQuery(
                        """
                        UPDATE client_grant AS g SET last_used_at = :now
                         WHERE g.id = :id AND\s
                        """
                                + LIVE
                                + """
                                RETURNING id, home_id, kind, account_id, account_epoch, client_id
                                """)
                .bind("now", now.toEpochMilli())
                .bind("id", id.value())
                .map(this::fromRow)
                .findOne();
    }

    /// What is held of Home Assistant's for the live grants of an account at a home, the last used
    /// first.
    List<Revoked> held(Handle handle, AccountId account, HomeId home) {
        return heldWhere(
                handle,
                "g.account_id = :account AND g.home_id = :home",
                Map.of("account", account.value(), "home", home.value()));
    }

    /// As [#held(Handle, AccountId, HomeId)], for one grant.
    List<Revoked> held(Handle handle, GrantId id) {
        return heldWhere(handle, "g.id = :id", Map.of("id", id.value()));
    }

    private static List<Revoked> heldWhere(
            Handle handle, String condition, Map<String, String> values) {
        return handle.createQuery(
                        """
                        SELECT g.id, g.home_id, g.account_id, g.client_id, g.inner_sealed
                          FROM client_grant g
                         WHERE g.inner_sealed IS NOT NULL AND\s
                        """
                                + condition
                                + " AND "
                                + LIVE
                                + " ORDER BY g.last_used_at DESC")
                .bindMap(values)
                .map((row, _) -> revoked(row))
                .list();
    }

    /// The state of the grant of one of our refresh tokens, live or not.
    Optional<String> stateOfOuterToken(Handle handle, HomeId home, TokenHash outer) {
        return handle.createQuery(
                        """
                        SELECT state FROM client_grant
                         WHERE outer_hash = :outer AND home_id = :home
                        """)
                .bind("outer", outer.hex())
                .bind("home", home.value())
                .mapTo(String.class)
                .findOne();
    }

    /// A grant that has just been revoked.
    record Revoked(
            GrantId id,
            HomeId home,
            String accountId,
            String clientId,
            @Nullable String innerSealed) {}

    void moveToSession(Handle tx, SessionId next, SessionId previous) {
        tx.createUpdate("UPDATE client_grant SET session_id = :next WHERE session_id = :previous")
                .bind("next", next.value())
                .bind("previous", previous.value())
                .execute();
    }

    /// @return the grants that had not ended
    List<GrantId> moveToAccount(Handle tx, Account from, Account to) {
        List<GrantId> live =
                tx.createQuery(
                                """
                                UPDATE client_grant
                                   SET account_id = :to, account_epoch = :toEpoch
                                 WHERE account_id = :from AND account_epoch = :fromEpoch
                                   AND state <> 'revoked'
                                RETURNING id
                                """)
                        .bind("to", to.id().value())
                        .bind("toEpoch", to.epoch())
                        .bind("from", from.id().value())
                        .bind("fromEpoch", from.epoch())
                        .mapTo(String.class)
                        .map(GrantId::new)
                        .list();
        tx.createUpdate(
                        """
                        UPDATE client_grant
                           SET account_id = :to, account_epoch = 0
                         WHERE account_id = :from
                        """)
                .bind("to", to.id().value())
                .bind("from", from.id().value())
                .execute();
        return live;
    }

    /// The session that the grant of a refresh token was issued from, while that has not ended.
    ///
    /// Attack: somebody stole the token, which ended by that, and signs its owner out with it.
    Optional<SessionId> sessionOfOuterToken(Handle handle, HomeId home, TokenHash outer) {
        return handle.createQuery(
                        """
                        SELECT session_id FROM client_grant
                         WHERE outer_hash = :outer AND home_id = :home AND session_id IS NOT NULL
                           AND state <> 'revoked'
                        """)
                .bind("outer", outer.hex())
                .bind("home", home.value())
                .mapTo(String.class)
                .map(SessionId::new)
                .findOne();
    }

    static Revoked revoked(ResultSet row) throws SQLException {
        return new Revoked(
                new GrantId(row.getString("id")),
                new HomeId(row.getString("home_id")),
                GrantSummaries.textOr(row.getString("account_id"), ""),
                GrantSummaries.textOr(row.getString("client_id"), ""),
                row.getString("inner_sealed"));
    }

    void keepRefreshToken(
            Handle tx, GrantId id, String clientId, TokenHash outer, String innerSealed) {
        tx.createUpdate(
                        """
                        UPDATE client_grant
                           SET outer_hash = :outer, inner_sealed = :inner, client_id = :client
                         WHERE id = :id AND outer_hash IS NULL
                        """)
                .bind("outer", outer.hex())
                .bind("inner", innerSealed)
                .bind("client", clientId)
                .bind("id", id.value())
                .execute();
    }

    boolean approve(Handle tx, GrantId id) {
        return tx.createUpdate(
                                """
                                UPDATE client_grant SET state = 'active'
                                 WHERE id = :id AND state = 'pending'
                                """)
                        .bind("id", id.value())
                        .execute()
                == 1;
    }

    List<GrantSummary> list(Handle handle) {
        return handle.createQuery(
                        GrantSummaries.SELECT
                                + " WHERE g.state <> 'revoked' ORDER BY g.created_at, g.id")
                .map((row, _) -> GrantSummaries.fromRow(row))
                .list();
    }

    private LiveGrant fromRow(ResultSet row, StatementContext context) throws SQLException {
        GrantId id = new GrantId(row.getString("id"));
        String account = row.getString("account_id");
        GrantOwner owner =
                account == null
                        ? new GrantOwner.Service()
                        : new GrantOwner.Person(
                                new AccountId(account), row.getLong("account_epoch"));
        return new LiveGrant(
                id,
                new HomeId(row.getString("home_id")),
                GrantKind.of(row.getString("kind")),
                owner,
                GrantSummaries.textOr(row.getString("client_id"), ""),
                connections.of(id),
                isRoleHeld);
    }
}
