package dev.vestibule.login;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.AuthorizationCode;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionId;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Owns the table `authorization_code`. The code that leaves is our own, and Home Assistant's stays
/// here, sealed: a leaked one could otherwise be redeemed at Home Assistant itself, and neither
/// PKCE nor the end of a session could stop it. Safe to share between threads.
final class AuthorizationCodeStore {

    /// Shorter than Home Assistant's ten minutes, so that ours runs out first.
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final Sealer sealer;

    AuthorizationCodeStore(InstantSource time, Secrets secrets, Database database, Sealer sealer) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.sealer = sealer;
    }

    /// Home Assistant's code, with the user it was made for.
    record Inner(AuthorizationCode code, String homeAssistantUserId) {}

    /// What a code stands for.
    record Kept(
            HomeId home,
            AccountId account,
            long accountEpoch,
            SessionId session,
            ClientRequest client,
            Inner inner) {}

    /// Makes our own code.
    Secret mint(LiveSession session, ClientRequest client, Inner inner) {
        Secret code = secrets.randomToken();
        String hash = TokenHash.of(code).hex();
        long expires = time.instant().plus(LIFETIME).toEpochMilli();
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        INSERT INTO authorization_code
                                               (code_hash, home_id, account_id, account_epoch,
                                                session_id, client_id, redirect_uri,
                                                code_challenge, ha_user_id, inner_sealed,
                                                expires_at)
                                        VALUES (:code, :home, :account, :epoch,
                                                :session, :client, :redirect,
                                                :challenge, :user, :inner,
                                                :expires)
                                        """)
                                .bind("code", hash)
                                .bind("home", session.home().value())
                                .bind("account", session.account().value())
                                .bind("epoch", session.accountEpoch())
                                .bind("session", session.id().value())
                                .bind("client", client.clientId())
                                .bind("redirect", client.redirectUri())
                                .bind("challenge", client.codeChallenge())
                                .bind("user", inner.homeAssistantUserId())
                                .bind("inner", sealer.seal(inner.code().value(), place(hash)))
                                .bind("expires", expires)
                                .execute());
        return code;
    }

    /// Takes a code out, once. A foreign client finds nothing, and leaves it where it is.
    Optional<Kept> consume(Secret code, HomeId home, String clientId) {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createQuery(
                                        """
                                        DELETE FROM authorization_code
                                         WHERE code_hash = :code AND home_id = :home
                                           AND client_id = :client AND expires_at > :now
                                        RETURNING code_hash, home_id, account_id, account_epoch,
                                                  session_id, client_id, redirect_uri,
                                                  code_challenge, ha_user_id, inner_sealed
                                        """)
                                .bind("code", TokenHash.of(code).hex())
                                .bind("home", home.value())
                                .bind("client", clientId)
                                .bind("now", now)
                                .map(this::fromRow)
                                .findOne());
    }

    private Kept fromRow(ResultSet row, StatementContext context) throws SQLException {
        Secret inner =
                sealer.open(row.getString("inner_sealed"), place(row.getString("code_hash")));
        return new Kept(
                new HomeId(row.getString("home_id")),
                new AccountId(row.getString("account_id")),
                row.getLong("account_epoch"),
                new SessionId(row.getString("session_id")),
                new ClientRequest(
                        row.getString("client_id"),
                        row.getString("redirect_uri"),
                        "",
                        row.getString("code_challenge")),
                new Inner(new AuthorizationCode(inner), row.getString("ha_user_id")));
    }

    private static Sealer.Place place(String hash) {
        return new Sealer.Place("authorization_code", hash, "inner_sealed");
    }

    /// The same browser got a new session while a code of the old one was on its way.
    void moveTo(SessionId next, SessionId previous) {
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        UPDATE authorization_code SET session_id = :next
                                         WHERE session_id = :previous
                                        """)
                                .bind("next", next.value())
                                .bind("previous", previous.value())
                                .execute());
    }

    int sweep() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createUpdate("DELETE FROM authorization_code WHERE expires_at <= :now")
                                .bind("now", now)
                                .execute());
    }
}
