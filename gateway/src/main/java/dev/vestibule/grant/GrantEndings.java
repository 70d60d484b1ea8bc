package dev.vestibule.grant;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Lifetimes;
import dev.vestibule.grant.GrantStore.Revoked;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SessionId;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The statements by which grants end, and by which it is found out which are to. Those of
/// [GrantStore] are all others of the same tables. Every method runs inside the caller's
/// transaction.
final class GrantEndings {

    List<Revoked> revoke(Handle tx, GrantId id, Instant now) {
        return revokeWhere(tx, "id = :id", Map.of("id", id.value()), now);
    }

    List<Revoked> revokeByOuterToken(Handle tx, HomeId home, TokenHash outer, Instant now) {
        return revokeWhere(
                tx,
                "outer_hash = :outer AND home_id = :home",
                Map.of("outer", outer.hex(), "home", home.value()),
                now);
    }

    List<Revoked> revokeAllOf(Handle tx, AccountId account, Instant now) {
        return revokeWhere(tx, "account_id = :account", Map.of("account", account.value()), now);
    }

    List<Revoked> revokeAllOf(Handle tx, AccountId account, HomeId home, Instant now) {
        return revokeWhere(
                tx,
                "account_id = :account AND home_id = :home",
                Map.of("account", account.value(), "home", home.value()),
                now);
    }

    List<Revoked> revokeAllOfSession(Handle tx, String sessionId, Instant now) {
        return revokeWhere(tx, "session_id = :session", Map.of("session", sessionId), now);
    }

    /// Ends those grants of an account that one of Home Assistant's tokens belongs to.
    List<Revoked> revokeByTokenId(
            Handle tx, AccountId account, HomeId home, String tokenId, Instant now) {
        return revokeWhere(
                tx,
                """
                account_id = :account AND home_id = :home
                AND id IN (SELECT t.grant_id FROM upstream_token t
                            WHERE t.home_id = :home AND t.ha_token_id = :token)
                """,
                Map.of("account", account.value(), "home", home.value(), "token", tokenId),
                now);
    }

    private static List<Revoked> revokeWhere(
            Handle tx, String condition, Map<String, String> values, Instant now) {
        return tx.createQuery(
                        "UPDATE client_grant SET state = 'revoked', revoked_at = :now WHERE "
                                + condition
                                + """
                                 AND state <> 'revoked'
                                RETURNING id, home_id, account_id, client_id, inner_sealed
                                """)
                .bind("now", now.toEpochMilli())
                .bindMap(values)
                .map((row, _) -> GrantStore.revoked(row))
                .list();
    }

    /// The apps' grants at a home whose time is over, or that were not refreshed for too long.
    List<GrantId> appsThatRanOut(
            Handle handle, HomeId home, Instant now, Lifetimes apps, int count) {
        return handle.createQuery(
                        """
                        SELECT id FROM client_grant
                         WHERE home_id = :home AND state = 'active' AND
                        """
                                + GrantStore.HAS_RUN_OUT
                                + " LIMIT :count")
                .bind("home", home.value())
                .bind("idle", apps.idleSince(now).toEpochMilli())
                .bind("oldest", apps.oldest(now).toEpochMilli())
                .bind("count", count)
                .mapTo(String.class)
                .map(GrantId::new)
                .list();
    }

    /// The long-lived tokens at a home whose date has passed.
    List<GrantId> expired(Handle handle, HomeId home, Instant now, int count) {
        return handle.createQuery(
                        """
                        SELECT id FROM client_grant
                         WHERE home_id = :home AND state = 'active' AND expires_at <= :now
                         LIMIT :count
                        """)
                .bind("home", home.value())
                .bind("now", now.toEpochMilli())
                .bind("count", count)
                .mapTo(String.class)
                .map(GrantId::new)
                .list();
    }

    boolean hasHadItsTime(Handle handle, GrantId id, Instant oldest) {
        return handle.createQuery(
                        "SELECT 1 FROM client_grant WHERE id = :id AND created_at <= :oldest")
                .bind("id", id.value())
                .bind("oldest", oldest.toEpochMilli())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    void keep(Handle tx, GrantId id, Instant now) {
        tx.createUpdate("UPDATE client_grant SET last_used_at = :now WHERE id = :id")
                .bind("now", now.toEpochMilli())
                .bind("id", id.value())
                .execute();
    }

    /// The grants that were issued from a session and have not ended.
    List<GrantId> liveOfSession(Handle handle, SessionId session) {
        return handle.createQuery(
                        """
                        SELECT id FROM client_grant
                         WHERE session_id = :session AND state = 'active'
                        """)
                .bind("session", session.value())
                .mapTo(String.class)
                .map(GrantId::new)
                .list();
    }

    /// The grants of an account at a home that have not ended.
    List<GrantId> liveOf(Handle handle, AccountId account, HomeId home) {
        return handle.createQuery(
                        """
                        SELECT id FROM client_grant
                         WHERE account_id = :account AND home_id = :home AND state = 'active'
                        """)
                .bind("account", account.value())
                .bind("home", home.value())
                .mapTo(String.class)
                .map(GrantId::new)
                .list();
    }

    /// Home Assistant's ids of the tokens of a grant.
    List<String> tokenIdsOf(Handle handle, GrantId id) {
        return handle.createQuery(
                        "SELECT ha_token_id FROM upstream_token WHERE grant_id = :id"
                                + " ORDER BY ha_token_id")
                .bind("id", id.value())
                .mapTo(String.class)
                .list();
    }

    /// Notes a refresh token of nobody's as ended, so that it is never taken over.
    ///
    /// @return false where it was known
    boolean insertEnded(Handle tx, GrantId id, HomeId home, TokenHash outer, Instant now) {
        return tx.createUpdate(
                                """
                                INSERT INTO client_grant
                                       (id, home_id, account_epoch, kind, state, name,
                                        outer_hash, created_at, last_used_at, revoked_at)
                                VALUES (:id, :home, 0, 'adopted', 'revoked', 'ended unseen',
                                        :outer, :now, :now, :now)
                                ON CONFLICT (outer_hash) DO NOTHING
                                """)
                        .bind("id", id.value())
                        .bind("home", home.value())
                        .bind("outer", outer.hex())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /// Deletes what [#insertEnded] noted before an instant.
    int deleteEnded(Handle tx, Instant before) {
        return tx.createUpdate(
                        """
                        DELETE FROM client_grant
                         WHERE kind = 'adopted' AND account_id IS NULL
                           AND state = 'revoked' AND revoked_at < :before
                        """)
                .bind("before", before.toEpochMilli())
                .execute();
    }
}
