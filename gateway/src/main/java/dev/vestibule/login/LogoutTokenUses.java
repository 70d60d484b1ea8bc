package dev.vestibule.login;

import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.oidc.LogoutTokenResult;
import dev.vestibule.oidc.LogoutTokenResult.LogoutTarget;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.oidc.VerifiedIdentity.ProviderSession;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// Owns the table `logout_token_use`: which logout tokens were shown and what they ended, for as
/// long as they could be shown again, and as a sign-in may take. Safe to share between threads.
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
        Instant now = time.instant();
        return tx.createUpdate(
                                """
                                INSERT INTO logout_token_use (token_hash, target_hash, used_at,
                                                              expires_at)
                                VALUES (:token, :target, :now, :until)
                                ON CONFLICT (token_hash) DO NOTHING
                                """)
                        .bind("token", hash(issuer, token))
                        .bind("target", hash(token.target()))
                        .bind("now", now.toEpochMilli())
                        .bind("until", keptUntil(token, now).toEpochMilli())
                        .execute()
                == 1;
    }

    private static Instant keptUntil(LogoutTokenResult.Valid token, Instant now) {
        Instant signInsOver = now.plus(PendingSignInStore.LIFETIME);
        return token.usableUntil().isAfter(signInsOver) ? token.usableUntil() : signInsOver;
    }

    private static String hash(Issuer issuer, LogoutTokenResult.Valid token) {
        return hash(issuer, token.tokenId());
    }

    private static String hash(LogoutTarget target) {
        return switch (target) {
            case LogoutTarget.OneSession(Issuer issuer, String sid) -> hash(issuer, "sid\0" + sid);
            case LogoutTarget.SessionOf(Subject subject, String sid) ->
                    hash(subject.issuer(), "both\0" + sid + "\0" + subject.value());
            case LogoutTarget.EverySessionOf(Subject subject) ->
                    hash(subject.issuer(), "sub\0" + subject.value());
        };
    }

    private static String hash(Issuer issuer, String what) {
        return TokenHash.of(new Secret(issuer.value() + "\0" + what)).hex();
    }

    /// Whether a token that ended the session of a sign-in, or everything of its person, came since
    /// an instant.
    boolean hasEnded(VerifiedIdentity identity, Instant since) {
        List<String> targets = targetsOf(identity).map(LogoutTokenUses::hash).distinct().toList();
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT 1 FROM logout_token_use
                                         WHERE target_hash IN (<targets>) AND used_at >= :since
                                         LIMIT 1
                                        """)
                                .bindList("targets", targets)
                                .bind("since", since.toEpochMilli())
                                .mapTo(Integer.class)
                                .findOne()
                                .isPresent());
    }

    private static Stream<LogoutTarget> targetsOf(VerifiedIdentity identity) {
        Subject subject = identity.subject();
        Stream<LogoutTarget> everything = Stream.of(new LogoutTarget.EverySessionOf(subject));
        return switch (identity.providerSession()) {
            case ProviderSession.NotTold() -> everything;
            case ProviderSession.Known(String sid) ->
                    Stream.concat(
                            everything,
                            Stream.of(
                                    new LogoutTarget.OneSession(subject.issuer(), sid),
                                    new LogoutTarget.SessionOf(subject, sid)));
        };
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
