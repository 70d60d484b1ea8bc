package dev.vestibule.admission;

import dev.vestibule.config.HomeId;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Browser;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Owns the table `pending_choice`: where people want to go who still choose how to sign in. Read
/// as often as the browser likes, because people go back and choose again. Safe to share between
/// threads.
public final class PendingChoiceStore {

    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final int countMax;

    /// @param countMax rows that there may be at once, over all homes
    public PendingChoiceStore(
            InstantSource time, Secrets secrets, Database database, int countMax) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.countMax = countMax;
    }

    /// @return the id of the choice; empty where too many are open
    public Optional<Secret> insert(HomeId home, Browser browser, SignInWish wish) {
        long now = time.instant().toEpochMilli();
        Secret id = secrets.randomToken();
        int inserted =
                database.inTransaction(
                        tx ->
                                tx.createUpdate(
                                                """
                                                INSERT INTO pending_choice
                                                       (id_hash, browser_hash, home_id,
                                                        prompt, destination, expires_at)
                                                SELECT :id, :browser, :home,
                                                       :prompt, :destination, :expires
                                                 WHERE (SELECT COUNT(*) FROM pending_choice
                                                         WHERE expires_at > :now) < :max
                                                """)
                                        .bind("id", TokenHash.of(id).hex())
                                        .bind("browser", browser.hash().hex())
                                        .bind("home", home.value())
                                        .bind("prompt", wish.prompt().name())
                                        .bind("destination", wish.destination().stored())
                                        .bind("expires", now + LIFETIME.toMillis())
                                        .bind("now", now)
                                        .bind("max", countMax)
                                        .execute());
        return inserted == 1 ? Optional.of(id) : Optional.empty();
    }

    public Optional<SignInWish> find(Secret id, HomeId home, Browser browser) {
        long now = time.instant().toEpochMilli();
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT prompt, destination FROM pending_choice
                                         WHERE id_hash = :id AND browser_hash = :browser
                                           AND home_id = :home AND expires_at > :now
                                        """)
                                .bind("id", TokenHash.of(id).hex())
                                .bind("browser", browser.hash().hex())
                                .bind("home", home.value())
                                .bind("now", now)
                                .map(
                                        (row, _) ->
                                                new SignInWish(
                                                        Destination.of(
                                                                row.getString("destination")),
                                                        Prompt.valueOf(row.getString("prompt"))))
                                .findOne());
    }

    public int sweep() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createUpdate("DELETE FROM pending_choice WHERE expires_at <= :now")
                                .bind("now", now)
                                .execute());
    }
}
