package dev.vestibule.local;

import dev.vestibule.account.AccountId;
import dev.vestibule.admission.Destination;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Browser;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Owns the table `local_question`: second factors that Home Assistant asks for while somebody
/// proves their login. Each is answered once, by the browser that it was put to. Safe to share
/// between threads.
final class LocalQuestionStore {

    /// Home Assistant's own limit, from the password on.
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final Sealer sealer;

    LocalQuestionStore(InstantSource time, Secrets secrets, Database database, Sealer sealer) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.sealer = sealer;
    }

    /// @param name whose login is being proved
    /// @param expiresAt when Home Assistant gives up waiting
    record Question(
            MfaStep step,
            LoginName name,
            LoginPurpose purpose,
            Destination destination,
            Instant expiresAt) {}

    /// A question that nobody answered.
    record Unanswered(HomeId home, MfaStep step) {}

    Instant expiry() {
        return time.instant().plus(LIFETIME);
    }

    /// @return the id by which the form names the question
    Secret insert(HomeId home, Browser browser, Question question) {
        Secret id = secrets.randomToken();
        String hash = TokenHash.of(id).hex();
        database.change(tx -> insert(tx, hash, home, browser, question));
        return id;
    }

    private void insert(Handle tx, String hash, HomeId home, Browser browser, Question question) {
        @Nullable String account = null;
        @Nullable Long epoch = null;
        if (question.purpose() instanceof LoginPurpose.Link(var id, var at)) {
            account = id.value();
            epoch = at;
        }
        tx.createUpdate(
                        """
                        INSERT INTO local_question
                               (id_hash, browser_hash, home_id, name_hash, account_id,
                                account_epoch, step_sealed, destination, expires_at)
                        VALUES (:id, :browser, :home, :name, :account,
                                :epoch, :step, :destination, :expires)
                        """)
                .bind("id", hash)
                .bind("browser", browser.hash().hex())
                .bind("home", home.value())
                .bind("name", question.name().hash())
                .bind("account", account)
                .bind("epoch", epoch)
                .bind("step", sealer.seal(question.step().stored(), place(hash)))
                .bind("destination", question.destination().stored())
                .bind("expires", question.expiresAt().toEpochMilli())
                .execute();
    }

    Optional<Question> consume(Secret id, HomeId home, Browser browser) {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createQuery(
                                        """
                                        DELETE FROM local_question
                                         WHERE id_hash = :id AND browser_hash = :browser
                                           AND home_id = :home AND expires_at > :now
                                        RETURNING id_hash, name_hash, account_id,
                                                  account_epoch, step_sealed, destination,
                                                  expires_at
                                        """)
                                .bind("id", TokenHash.of(id).hex())
                                .bind("browser", browser.hash().hex())
                                .bind("home", home.value())
                                .bind("now", now)
                                .map(this::question)
                                .findOne());
    }

    private Question question(ResultSet row, StatementContext context) throws SQLException {
        return new Question(
                step(row),
                new LoginName(row.getString("name_hash")),
                purpose(row),
                Destination.of(row.getString("destination")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }

    private static LoginPurpose purpose(ResultSet row) throws SQLException {
        @Nullable String account = row.getString("account_id");
        return account == null
                ? new LoginPurpose.SignIn()
                : new LoginPurpose.Link(new AccountId(account), row.getLong("account_epoch"));
    }

    private MfaStep step(ResultSet row) throws SQLException {
        return MfaStep.of(
                sealer.open(row.getString("step_sealed"), place(row.getString("id_hash"))));
    }

    /// Removes what ran out, so that Home Assistant can be told that nobody will answer.
    List<Unanswered> takeExpired() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createQuery(
                                        """
                                        DELETE FROM local_question WHERE expires_at <= :now
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
        return new Sealer.Place("local_question", hash, "step_sealed");
    }
}
