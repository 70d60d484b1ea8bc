package dev.vestibule.login;

import dev.vestibule.config.HomeId;
import dev.vestibule.oidc.CodeVerifier;
import dev.vestibule.oidc.Nonce;
import dev.vestibule.oidc.PendingSignIn;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.oidc.State;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Owns the table `pending_sign_in`: who is on their way to a provider and back. Safe to share
/// between threads.
final class PendingSignInStore {

    static final Duration LIFETIME = Duration.ofMinutes(10);

    private final InstantSource time;
    private final Database database;
    private final Sealer sealer;
    private final int countMax;

    /// @param countMax rows that there may be at once, over all homes
    PendingSignInStore(InstantSource time, Database database, Sealer sealer, int countMax) {
        this.time = time;
        this.database = database;
        this.sealer = sealer;
        this.countMax = countMax;
    }

    /// What a sign-in is bound to: it can be finished nowhere else.
    ///
    /// @param browser hash of the cookie; empty text where a visitor has none, and for a sign-in on
    ///   behalf of an app: it leaves from the app's web view and comes back in a browser that was
    ///   never here. What it opens is a code that is good in that app's page only
    record Binding(HomeId home, String providerId, String browser) {

        private static final String NONE = "";

        static Binding of(HomeId home, String providerId, Browser browser) {
            return new Binding(home, providerId, browser.hash().hex());
        }

        static Binding ofHandOff(HomeId home, String providerId) {
            return new Binding(home, providerId, NONE);
        }

        /// Whoever comes back.
        static Binding of(Visitor visitor, String providerId) {
            return Browser.find(visitor)
                    .map(browser -> of(visitor.home(), providerId, browser))
                    .orElseGet(() -> ofHandOff(visitor.home(), providerId));
        }
    }

    /// What was kept, without what follows from the provider itself.
    record Kept(
            Nonce nonce,
            CodeVerifier codeVerifier,
            Prompt prompt,
            Instant begunAt,
            Onward onward) {}

    /// @return false where too many sign-ins are under way
    boolean insert(Binding binding, PendingSignIn pending, Onward onward) {
        Instant now = time.instant();
        String state = TokenHash.of(pending.state().value()).hex();
        return database.inTransaction(
                tx ->
                        tx.createUpdate(
                                                """
                                                INSERT INTO pending_sign_in
                                                       (state_hash, browser_hash, home_id,
                                                        provider_id, nonce_sealed,
                                                        code_verifier_sealed, prompt, destination,
                                                        created_at, expires_at)
                                                SELECT :state, :browser, :home,
                                                       :provider, :nonce,
                                                       :verifier, :prompt, :destination,
                                                       :now, :expires
                                                 WHERE (SELECT COUNT(*) FROM pending_sign_in
                                                         WHERE expires_at > :now) < :max
                                                """)
                                        .bind("state", state)
                                        .bind("browser", binding.browser())
                                        .bind("home", binding.home().value())
                                        .bind("provider", binding.providerId())
                                        .bind("nonce", seal(pending.nonce().value(), state, NONCE))
                                        .bind(
                                                "verifier",
                                                seal(
                                                        pending.codeVerifier().value(),
                                                        state,
                                                        VERIFIER))
                                        .bind("prompt", pending.prompt().name())
                                        .bind("destination", onward.stored())
                                        .bind("now", pending.begunAt().toEpochMilli())
                                        .bind("expires", now.plus(LIFETIME).toEpochMilli())
                                        .bind("max", countMax)
                                        .execute()
                                == 1);
    }

    private static final String NONCE = "nonce_sealed";
    private static final String VERIFIER = "code_verifier_sealed";

    /// Takes a sign-in out: once, for the browser that began it or any where it is for an app, and
    /// for the provider it left for.
    Optional<Kept> consume(State state, Binding binding) {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createQuery(
                                        """
                                        DELETE FROM pending_sign_in
                                         WHERE state_hash = :state
                                           AND browser_hash IN (:browser, '')
                                           AND home_id = :home
                                           AND provider_id = :provider
                                           AND expires_at > :now
                                        RETURNING state_hash, nonce_sealed, code_verifier_sealed,
                                                  prompt, created_at, destination
                                        """)
                                .bind("state", TokenHash.of(state.value()).hex())
                                .bind("browser", binding.browser())
                                .bind("home", binding.home().value())
                                .bind("provider", binding.providerId())
                                .bind("now", now)
                                .map(this::fromRow)
                                .findOne());
    }

    private Kept fromRow(ResultSet row, StatementContext context) throws SQLException {
        String state = row.getString("state_hash");
        return new Kept(
                new Nonce(sealer.open(row.getString(NONCE), place(state, NONCE))),
                new CodeVerifier(sealer.open(row.getString(VERIFIER), place(state, VERIFIER))),
                Prompt.valueOf(row.getString("prompt")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Onward.of(row.getString("destination")));
    }

    private String seal(Secret value, String state, String column) {
        return sealer.seal(value, place(state, column));
    }

    private static Sealer.Place place(String state, String column) {
        return new Sealer.Place("pending_sign_in", state, column);
    }

    int sweep() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createUpdate("DELETE FROM pending_sign_in WHERE expires_at <= :now")
                                .bind("now", now)
                                .execute());
    }
}
