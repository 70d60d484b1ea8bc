package dev.vestibule.admission;

import dev.vestibule.account.AccountId;
import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Owns the table `pending_consent`: clients about which a person is asked. What was asked stays
/// here, so that the answer carries nothing but its name: nobody can have one client shown and
/// another one allowed. Safe to share between threads.
public final class PendingConsentStore {

    /// As long as the page of a sign-in.
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final int countMax;

    /// @param countMax rows that there may be at once, over all homes
    public PendingConsentStore(
            InstantSource time, Secrets secrets, Database database, int countMax) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.countMax = countMax;
    }

    /// What is asked, and of whom.
    record Question(AccountId account, long accountEpoch, ClientRequest client) {}

    /// @return the id by which the page names the question; empty where too many are open
    Optional<Secret> insert(HomeId home, Guest guest, ClientRequest client) {
        long now = time.instant().toEpochMilli();
        Secret id = secrets.randomToken();
        int inserted =
                database.inTransaction(
                        tx ->
                                tx.createUpdate(
                                                """
                                                INSERT INTO pending_consent
                                                       (id_hash, holder, home_id, account_id,
                                                        account_epoch, destination, expires_at)
                                                SELECT :id, :holder, :home, :account,
                                                       :epoch, :destination, :expires
                                                 WHERE (SELECT COUNT(*) FROM pending_consent
                                                         WHERE expires_at > :now) < :max
                                                """)
                                        .bind("id", TokenHash.of(id).hex())
                                        .bind("holder", guest.holder().stored())
                                        .bind("home", home.value())
                                        .bind("account", guest.account().id().value())
                                        .bind("epoch", guest.account().epoch())
                                        .bind(
                                                "destination",
                                                new Destination.Client(client).stored())
                                        .bind("expires", now + LIFETIME.toMillis())
                                        .bind("now", now)
                                        .bind("max", countMax)
                                        .execute());
        return inserted == 1 ? Optional.of(id) : Optional.empty();
    }

    /// The question, which stays open.
    Optional<Question> find(Secret id, HomeId home, Holder holder) {
        long now = time.instant().toEpochMilli();
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT account_id, account_epoch, destination
                                          FROM pending_consent
                                         WHERE id_hash = :id AND holder = :holder
                                           AND home_id = :home AND expires_at > :now
                                        """)
                                .bind("id", TokenHash.of(id).hex())
                                .bind("holder", holder.stored())
                                .bind("home", home.value())
                                .bind("now", now)
                                .map(PendingConsentStore::question)
                                .findOne());
    }

    /// Takes the question out; a second answer finds nothing.
    Optional<Question> consume(Handle tx, Secret id, HomeId home, Holder holder) {
        return tx.createQuery(
                        """
                        DELETE FROM pending_consent
                         WHERE id_hash = :id AND holder = :holder
                           AND home_id = :home AND expires_at > :now
                        RETURNING account_id, account_epoch, destination
                        """)
                .bind("id", TokenHash.of(id).hex())
                .bind("holder", holder.stored())
                .bind("home", home.value())
                .bind("now", time.instant().toEpochMilli())
                .map(PendingConsentStore::question)
                .findOne();
    }

    private static Question question(ResultSet row, StatementContext context) throws SQLException {
        return switch (Destination.of(row.getString("destination"))) {
            case Destination.Client(var client) ->
                    new Question(
                            new AccountId(row.getString("account_id")),
                            row.getLong("account_epoch"),
                            client);
            case Destination.Page _, Destination.HandOff _ ->
                    throw new IllegalStateException("nobody is asked about a page");
        };
    }

    public int sweep() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createUpdate("DELETE FROM pending_consent WHERE expires_at <= :now")
                                .bind("now", now)
                                .execute());
    }
}
