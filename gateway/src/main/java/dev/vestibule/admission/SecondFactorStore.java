package dev.vestibule.admission;

import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.admission.SecondFactors.Door;
import dev.vestibule.admission.SecondFactors.Question;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Owns the table `second_factor`. Safe to share between threads.
final class SecondFactorStore {

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final Sealer sealer;

    SecondFactorStore(InstantSource time, Secrets secrets, Database database, Sealer sealer) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.sealer = sealer;
    }

    /// A question that nobody answered.
    record Unanswered(HomeId home, MfaStep step) {}

    /// @return the id by which the form names the question
    Secret insert(HomeId home, Door door, Holder holder, Question question) {
        Secret id = secrets.randomToken();
        String hash = TokenHash.of(id).hex();
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        INSERT INTO second_factor
                                               (id_hash, door, holder, home_id, owner,
                                                step_sealed, errand, expires_at)
                                        VALUES (:id, :door, :holder, :home, :owner,
                                                :step, :errand, :expires)
                                        """)
                                .bind("id", hash)
                                .bind("door", door.name())
                                .bind("holder", holder.stored())
                                .bind("home", home.value())
                                .bind("owner", question.owner())
                                .bind("step", sealer.seal(question.step().stored(), place(hash)))
                                .bind("errand", question.errand())
                                .bind("expires", question.expiresAt().toEpochMilli())
                                .execute());
        return id;
    }

    /// The question, which stays open.
    Optional<Question> find(Secret id, HomeId home, Door door, Holder holder) {
        long now = time.instant().toEpochMilli();
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT id_hash, owner, step_sealed, errand, expires_at
                                          FROM second_factor
                                         WHERE id_hash = :id AND door = :door
                                           AND holder = :holder AND home_id = :home
                                           AND expires_at > :now
                                        """)
                                .bind("id", TokenHash.of(id).hex())
                                .bind("door", door.name())
                                .bind("holder", holder.stored())
                                .bind("home", home.value())
                                .bind("now", now)
                                .map(this::question)
                                .findOne());
    }

    private Question question(ResultSet row, StatementContext context) throws SQLException {
        return new Question(
                step(row),
                row.getString("owner"),
                row.getString("errand"),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }

    private MfaStep step(ResultSet row) throws SQLException {
        return MfaStep.of(
                sealer.open(row.getString("step_sealed"), place(row.getString("id_hash"))));
    }

    /// Takes a question out that was found before.
    ///
    /// @return false where somebody else was first
    boolean consume(Secret id) {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                        tx ->
                                tx.createUpdate(
                                                """
                                                DELETE FROM second_factor
                                                 WHERE id_hash = :id AND expires_at > :now
                                                """)
                                        .bind("id", TokenHash.of(id).hex())
                                        .bind("now", now)
                                        .execute())
                == 1;
    }

    /// Removes what ran out, so that Home Assistant can be told that nobody will answer.
    List<Unanswered> takeExpired() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createQuery(
                                        """
                                        DELETE FROM second_factor WHERE expires_at <= :now
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
        return new Sealer.Place("second_factor", hash, "step_sealed");
    }
}
