package dev.vestibule.admission;

import dev.vestibule.account.AccountId;
import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Owns the table `pending_mfa`: questions for a second factor that Home Assistant asks and our
/// page shows. Each is answered once, by the browser that it was put to. Safe to share between
/// threads.
public final class PendingMfaStore {

    /// Home Assistant's own limit.
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final Sealer sealer;

    public PendingMfaStore(InstantSource time, Secrets secrets, Database database, Sealer sealer) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.sealer = sealer;
    }

    /// A question, for whom in Home Assistant, and what it holds up.
    record Question(MfaStep step, AccountId account, long accountEpoch, Errand errand) {}

    /// A question that nobody answered.
    public record Unanswered(HomeId home, MfaStep step) {}

    /// @return the id by which the form names the question
    Secret insert(HomeId home, Holder holder, Question question) {
        Secret id = secrets.randomToken();
        String hash = TokenHash.of(id).hex();
        long expires = time.instant().plus(LIFETIME).toEpochMilli();
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        INSERT INTO pending_mfa
                                               (id_hash, holder, home_id, account_id,
                                                account_epoch, ha_user_id, step_sealed,
                                                destination, expires_at)
                                        VALUES (:id, :holder, :home, :account,
                                                :epoch, :user, :step,
                                                :destination, :expires)
                                        """)
                                .bind("id", hash)
                                .bind("holder", holder.stored())
                                .bind("home", home.value())
                                .bind("account", question.account().value())
                                .bind("epoch", question.accountEpoch())
                                .bind("user", question.errand().homeAssistantUserId())
                                .bind("step", sealer.seal(question.step().stored(), place(hash)))
                                .bind(
                                        "destination",
                                        new Destination.Client(question.errand().client()).stored())
                                .bind("expires", expires)
                                .execute());
        return id;
    }

    Optional<Question> consume(Secret id, HomeId home, Holder holder) {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createQuery(
                                        """
                                        DELETE FROM pending_mfa
                                         WHERE id_hash = :id AND holder = :holder
                                           AND home_id = :home AND expires_at > :now
                                        RETURNING id_hash, account_id, account_epoch,
                                                  ha_user_id, step_sealed, destination
                                        """)
                                .bind("id", TokenHash.of(id).hex())
                                .bind("holder", holder.stored())
                                .bind("home", home.value())
                                .bind("now", now)
                                .map(this::question)
                                .findOne());
    }

    private Question question(ResultSet row, StatementContext context) throws SQLException {
        return switch (Destination.of(row.getString("destination"))) {
            case Destination.Client(var client) ->
                    new Question(
                            step(row),
                            new AccountId(row.getString("account_id")),
                            row.getLong("account_epoch"),
                            new Errand(row.getString("ha_user_id"), client));
            case Destination.Page _, Destination.HandOff _ ->
                    throw new IllegalStateException("a second factor leads to a client");
        };
    }

    private MfaStep step(ResultSet row) throws SQLException {
        Secret stored = sealer.open(row.getString("step_sealed"), place(row.getString("id_hash")));
        return MfaStep.of(stored);
    }

    /// Removes what ran out, so that Home Assistant can be told that nobody will answer.
    public List<Unanswered> sweep() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createQuery(
                                        """
                                        DELETE FROM pending_mfa WHERE expires_at <= :now
                                        RETURNING id_hash, home_id, step_sealed
                                        """)
                                .bind("now", now)
                                .map(
                                        (row, _) ->
                                                new Unanswered(
                                                        new HomeId(row.getString("home_id")),
                                                        step(row)))
                                .list());
    }

    private static Sealer.Place place(String hash) {
        return new Sealer.Place("pending_mfa", hash, "step_sealed");
    }
}
