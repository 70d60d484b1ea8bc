package dev.vestibule.admission;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.AskedFrom;
import dev.vestibule.grant.GrantId;
import dev.vestibule.grant.GrantService;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SessionId;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Owns the tables `authorization_code` and `redeemed_code`. The code that leaves is our own, and
/// Home Assistant's stays here, sealed: a leaked one could otherwise be redeemed at Home Assistant
/// itself, and neither PKCE nor the end of a session could stop it. Safe to share between threads.
///
/// A code lies in one of the tables, never in both. Taking it out moves it over, in one
/// transaction; who took it out may put it back, once, unless it was shown again meanwhile.
public final class AuthorizationCodeStore {

    /// Shorter than Home Assistant's ten minutes, so that ours runs out first.
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final Sealer sealer;
    private final GrantService grants;
    private final RedeemedCodes redeemed = new RedeemedCodes();

    /// @param grants ends the tokens of codes that nobody redeemed
    public AuthorizationCodeStore(
            InstantSource time,
            Secrets secrets,
            Database database,
            Sealer sealer,
            GrantService grants) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.sealer = sealer;
        this.grants = grants;
    }

    /// What a code stands for.
    ///
    /// @param session with which what it becomes ends; empty where that outlives every session
    /// @param taking tells this taking out from every other one of the same code
    /// @param from the browser of whoever said yes
    public record Kept(
            TokenHash code,
            String taking,
            HomeId home,
            AccountId account,
            long accountEpoch,
            Optional<SessionId> session,
            ClientRequest client,
            AskedFrom from,
            Inner inner,
            Instant expiresAt) {}

    /// Makes our own code.
    Secret mint(Handle tx, HomeId home, Claimant claimant, ClientRequest client, Inner inner) {
        Secret code = secrets.randomToken();
        Kept kept =
                new Kept(
                        TokenHash.of(code),
                        "",
                        home,
                        claimant.account(),
                        claimant.epoch(),
                        claimant.sessionFor(client),
                        client,
                        claimant.from(),
                        inner,
                        time.instant().plus(LIFETIME));
        insert(tx, kept, kept.session());
        return code;
    }

    private void insert(Handle tx, Kept kept, Optional<SessionId> session) {
        String hash = kept.code().hex();
        tx.createUpdate(
                        """
                        INSERT INTO authorization_code
                               (code_hash, home_id, account_id, account_epoch,
                                session_id, client_id, client_kind, client_name,
                                redirect_uri, code_challenge, asked_from, asked_on,
                                ha_user_id, inner_kind, inner_sealed, expires_at)
                        VALUES (:code, :home, :account, :epoch,
                                :session, :client, :kind, :name,
                                :redirect, :challenge, :from, :on,
                                :user, :inner_kind, :inner, :expires)
                        """)
                .bind("code", hash)
                .bind("home", kept.home().value())
                .bind("account", kept.account().value())
                .bind("epoch", kept.accountEpoch())
                .bind("session", RedeemedCodes.stored(session))
                .bind("client", kept.client().clientId())
                .bind("kind", kept.client().kind().name())
                .bind("name", kept.client().clientName())
                .bind("redirect", kept.client().redirectUri())
                .bind("challenge", kept.client().codeChallenge())
                .bind("from", kept.from().address())
                .bind("on", kept.from().userAgent())
                .bind("user", kept.inner().homeAssistantUserId())
                .bind("inner_kind", kept.inner().kind())
                .bind("inner", sealer.seal(kept.inner().stored(), place(hash)))
                .bind("expires", kept.expiresAt().toEpochMilli())
                .execute();
    }

    /// Takes a code out, once. A foreign client finds nothing, and leaves it where it is.
    public Optional<Kept> consume(Secret code, HomeId home, String clientId, String address) {
        Instant now = time.instant();
        TokenHash hash = TokenHash.of(code);
        // Attack: a flood of made-up codes keeps the one writer busy.
        if (!database.read(handle -> isKnown(handle, hash))) {
            return Optional.empty();
        }
        return database.inTransaction(
                tx -> {
                    Optional<Kept> taken = take(tx, hash, home, clientId, now);
                    taken.ifPresent(kept -> redeemed.insert(tx, kept, address, now));
                    return taken;
                });
    }

    private static boolean isKnown(Handle handle, TokenHash code) {
        return handle.createQuery("SELECT 1 FROM authorization_code WHERE code_hash = :code")
                .bind("code", code.hex())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private Optional<Kept> take(
            Handle tx, TokenHash code, HomeId home, String clientId, Instant now) {
        return tx.createQuery(
                        """
                        DELETE FROM authorization_code
                         WHERE code_hash = :code AND home_id = :home
                           AND client_id = :client AND expires_at > :now
                        RETURNING code_hash, home_id, account_id, account_epoch,
                                  session_id, client_id, client_kind, client_name,
                                  redirect_uri, code_challenge, asked_from, asked_on,
                                  ha_user_id, inner_kind, inner_sealed, expires_at
                        """)
                .bind("code", code.hex())
                .bind("home", home.value())
                .bind("client", clientId)
                .bind("now", now.toEpochMilli())
                .map(this::fromRow)
                .findOne();
    }

    /// Puts a code back, for as long as it had: what was in it is unused. Only whoever took it out
    /// may say so. Does nothing where it was shown again meanwhile, or was put back already.
    public void putBack(Kept kept) {
        database.change(
                tx ->
                        redeemed.deleteUnused(tx, kept)
                                .ifPresent(now -> insert(tx, kept, now.session())));
    }

    /// Notes what a code became.
    ///
    /// @return false where it was shown again meanwhile: what it became must not live
    public boolean became(Kept kept, GrantId grant) {
        return database.inTransaction(tx -> redeemed.setGrant(tx, kept, grant));
    }

    /// A code that was taken out and has not been forgotten yet.
    public Optional<Redeemed> findRedeemed(Secret code, HomeId home, String clientId) {
        TokenHash hash = TokenHash.of(code);
        return database.read(handle -> redeemed.find(handle, hash, home, clientId));
    }

    /// Notes that somebody else showed a code again.
    ///
    /// @return what it had become by then
    public Optional<GrantId> markReplayed(Secret code) {
        TokenHash hash = TokenHash.of(code);
        return database.inTransaction(tx -> redeemed.markReplayed(tx, hash));
    }

    private Kept fromRow(ResultSet row, StatementContext context) throws SQLException {
        return new Kept(
                new TokenHash(row.getString("code_hash")),
                secrets.randomId(time).toString(),
                new HomeId(row.getString("home_id")),
                new AccountId(row.getString("account_id")),
                row.getLong("account_epoch"),
                RedeemedCodes.session(row.getString("session_id")),
                new ClientRequest(
                        row.getString("client_id"),
                        row.getString("redirect_uri"),
                        "",
                        row.getString("code_challenge"),
                        ClientKind.valueOf(row.getString("client_kind")),
                        row.getString("client_name")),
                new AskedFrom(row.getString("asked_from"), row.getString("asked_on")),
                inner(row),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }

    private Inner inner(ResultSet row) throws SQLException {
        return Inner.of(
                row.getString("inner_kind"),
                sealer.open(row.getString("inner_sealed"), place(row.getString("code_hash"))),
                row.getString("ha_user_id"));
    }

    private static Sealer.Place place(String hash) {
        return new Sealer.Place("authorization_code", hash, "inner_sealed");
    }

    /// The same browser got a new session while a code of the old one was on its way.
    public void moveTo(Handle tx, SessionId next, SessionId previous) {
        tx.createUpdate(
                        """
                        UPDATE authorization_code SET session_id = :next
                         WHERE session_id = :previous
                        """)
                .bind("next", next.value())
                .bind("previous", previous.value())
                .execute();
        redeemed.moveTo(tx, next, previous);
    }

    /// What was taken out will not be used: tokens that it holds end in Home Assistant.
    public void discard(Kept kept) {
        database.change(tx -> discard(tx, kept.home(), kept.inner()));
    }

    /// As [#discard(Kept)], of tokens that never got a code.
    public void discard(HomeId home, HomeTokens tokens) {
        database.change(tx -> grants.endUnreleased(tx, home, tokens.refreshToken()));
    }

    private void discard(Handle tx, HomeId home, Inner inner) {
        switch (inner) {
            case Inner.Redeemed(var tokens, _) ->
                    grants.endUnreleased(tx, home, tokens.refreshToken());
            case Inner.Unredeemed _ -> {}
        }
    }

    /// Removes codes that ran out. Home Assistant forgets its own by itself; tokens live on until
    /// it is told.
    public int sweep() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx -> {
                    List<Unused> unused = takeUnused(tx, now);
                    unused.forEach(code -> discard(tx, code.home(), code.inner()));
                    return redeemed.sweep(tx, now) + unused.size();
                });
    }

    /// Ends every code of a home that nobody has redeemed yet, with what is in it.
    public void endAllAt(HomeId home) {
        database.change(
                tx -> takeAllAt(tx, home).forEach(code -> discard(tx, code.home(), code.inner())));
    }

    private List<Unused> takeAllAt(Handle tx, HomeId home) {
        return tx.createQuery(
                        """
                        DELETE FROM authorization_code WHERE home_id = :home
                        RETURNING code_hash, home_id, ha_user_id, inner_kind, inner_sealed
                        """)
                .bind("home", home.value())
                .map((row, _) -> new Unused(new HomeId(row.getString("home_id")), inner(row)))
                .list();
    }

    /// Ends the codes of a person that belong to no session, and that nobody has redeemed yet,
    /// inside the caller's transaction.
    public void endAppsOf(Handle tx, AccountId account) {
        tx.createQuery(
                        """
                        DELETE FROM authorization_code
                         WHERE account_id = :account AND session_id = :none
                        RETURNING code_hash, home_id, ha_user_id, inner_kind, inner_sealed
                        """)
                .bind("account", account.value())
                .bind("none", RedeemedCodes.stored(Optional.empty()))
                .map((row, _) -> new Unused(new HomeId(row.getString("home_id")), inner(row)))
                .list()
                .forEach(code -> discard(tx, code.home(), code.inner()));
    }

    private record Unused(HomeId home, Inner inner) {}

    private List<Unused> takeUnused(Handle tx, long now) {
        return tx.createQuery(
                        """
                        DELETE FROM authorization_code WHERE expires_at <= :now
                        RETURNING code_hash, home_id, ha_user_id, inner_kind, inner_sealed
                        """)
                .bind("now", now)
                .map((row, _) -> new Unused(new HomeId(row.getString("home_id")), inner(row)))
                .list();
    }
}
