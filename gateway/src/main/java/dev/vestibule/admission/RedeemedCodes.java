package dev.vestibule.admission;

import dev.vestibule.admission.AuthorizationCodeStore.Kept;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantId;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SessionId;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Optional;

/// The table `redeemed_code`, for [AuthorizationCodeStore]. Every method runs inside the caller's
/// transaction.
final class RedeemedCodes {

    void insert(Handle tx, Kept kept, String address, Instant now) {
        tx.createUpdate(
                        """
                        INSERT INTO redeemed_code
                               (code_hash, taking, home_id, client_id, client_kind,
                                redirect_uri, code_challenge, session_id, address,
                                grant_id, is_replayed,
                                redeemed_at, expires_at)
                        VALUES (:code, :taking, :home, :client, :kind, :redirect,
                                :challenge, :session, :address, NULL, :replayed, :now, :expires)
                        """)
                .bind("code", kept.code().hex())
                .bind("taking", kept.taking())
                .bind("home", kept.home().value())
                .bind("client", kept.client().clientId())
                .bind("kind", kept.client().kind().name())
                .bind("redirect", kept.client().redirectUri())
                .bind("challenge", kept.client().codeChallenge())
                .bind("session", stored(kept.session()))
                .bind("address", address)
                .bind("replayed", false)
                .bind("now", now.toEpochMilli())
                .bind("expires", now.plus(AuthorizationCodeStore.LIFETIME).toEpochMilli())
                .execute();
    }

    /// Forgets a code that became nothing and was not shown again.
    ///
    /// @return empty where there is no such code
    Optional<Owner> deleteUnused(Handle tx, Kept kept) {
        return tx.createQuery(
                        """
                        DELETE FROM redeemed_code
                         WHERE code_hash = :code AND taking = :taking
                           AND grant_id IS NULL AND is_replayed = :replayed
                        RETURNING session_id
                        """)
                .bind("code", kept.code().hex())
                .bind("taking", kept.taking())
                .bind("replayed", false)
                .mapTo(String.class)
                .map(session -> new Owner(session(session)))
                .findOne();
    }

    /// Whose a code is now.
    record Owner(Optional<SessionId> session) {}

    /// The empty text stands for none.
    static String stored(Optional<SessionId> session) {
        return session.map(SessionId::value).orElse("");
    }

    static Optional<SessionId> session(String stored) {
        return stored.isEmpty() ? Optional.empty() : Optional.of(new SessionId(stored));
    }

    boolean setGrant(Handle tx, Kept kept, GrantId grant) {
        return tx.createUpdate(
                                """
                                UPDATE redeemed_code SET grant_id = :grant
                                 WHERE code_hash = :code AND taking = :taking
                                   AND is_replayed = :replayed
                                """)
                        .bind("grant", grant.value())
                        .bind("code", kept.code().hex())
                        .bind("taking", kept.taking())
                        .bind("replayed", false)
                        .execute()
                == 1;
    }

    Optional<Redeemed> find(Handle handle, TokenHash code, HomeId home, String clientId) {
        return handle.createQuery(
                        """
                        SELECT client_id, client_kind, redirect_uri, code_challenge, session_id,
                               address, redeemed_at
                          FROM redeemed_code
                         WHERE code_hash = :code AND home_id = :home AND client_id = :client
                        """)
                .bind("code", code.hex())
                .bind("home", home.value())
                .bind("client", clientId)
                .map(
                        (row, _) ->
                                new Redeemed(
                                        new ClientRequest(
                                                row.getString("client_id"),
                                                row.getString("redirect_uri"),
                                                "",
                                                row.getString("code_challenge"),
                                                ClientKind.valueOf(row.getString("client_kind")),
                                                ""),
                                        session(row.getString("session_id")),
                                        row.getString("address"),
                                        Instant.ofEpochMilli(row.getLong("redeemed_at"))))
                .findOne();
    }

    /// @return the grant that it has become; empty where it has become none yet
    Optional<GrantId> markReplayed(Handle tx, TokenHash code) {
        return tx.createQuery(
                        """
                        UPDATE redeemed_code SET is_replayed = :replayed
                         WHERE code_hash = :code
                        RETURNING COALESCE(grant_id, '') AS grant_id
                        """)
                .bind("replayed", true)
                .bind("code", code.hex())
                .mapTo(String.class)
                .findOne()
                .filter(id -> !id.isEmpty())
                .map(GrantId::new);
    }

    void moveTo(Handle tx, SessionId next, SessionId previous) {
        tx.createUpdate("UPDATE redeemed_code SET session_id = :next WHERE session_id = :previous")
                .bind("next", next.value())
                .bind("previous", previous.value())
                .execute();
    }

    int sweep(Handle tx, long now) {
        return tx.createUpdate("DELETE FROM redeemed_code WHERE expires_at <= :now")
                .bind("now", now)
                .execute();
    }
}
