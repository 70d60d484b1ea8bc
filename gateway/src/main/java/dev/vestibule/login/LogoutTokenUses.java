package dev.vestibule.login;

import dev.vestibule.account.Issuer;
import dev.vestibule.oidc.LogoutTokenResult;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.time.InstantSource;

/// Owns the table `logout_token_use`: which logout tokens were shown, for as long as they could be
/// shown again. Safe to share between threads.
final class LogoutTokenUses {

    private final InstantSource time;
    private final Database database;

    LogoutTokenUses(InstantSource time, Database database) {
        this.time = time;
        this.database = database;
    }

    /// Uses a token up, inside the caller's transaction.
    ///
    /// @return false where it was used before
    boolean use(Handle tx, Issuer issuer, LogoutTokenResult.Valid token) {
        return tx.createUpdate(
                                """
                                INSERT INTO logout_token_use (token_hash, expires_at)
                                VALUES (:token, :until)
                                ON CONFLICT (token_hash) DO NOTHING
                                """)
                        .bind("token", hash(issuer, token))
                        .bind("until", token.usableUntil().toEpochMilli())
                        .execute()
                == 1;
    }

    private static String hash(Issuer issuer, LogoutTokenResult.Valid token) {
        return TokenHash.of(new Secret(issuer.value() + "\0" + token.tokenId())).hex();
    }

    int sweep() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createUpdate("DELETE FROM logout_token_use WHERE expires_at <= :now")
                                .bind("now", now)
                                .execute());
    }
}
