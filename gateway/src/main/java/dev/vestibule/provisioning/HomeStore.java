package dev.vestibule.provisioning;

import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;

/// Owns the table `home`. Safe to share between threads.
public final class HomeStore {

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final Sealer sealer;

    public HomeStore(InstantSource time, Secrets secrets, Database database, Sealer sealer) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.sealer = sealer;
    }

    /// A home as it is stored.
    ///
    /// @param credentialKey the key from which its hidden passwords derive: random, the home's own,
    ///   and unchanged for as long as the home is
    public record StoredHome(HomeId id, Secret credentialKey, Instant createdAt) {}

    /// Finds a home, or makes its row when the gateway first serves it.
    public StoredHome findOrCreate(HomeId id) {
        return database.inTransaction(
                tx -> {
                    insert(tx, id);
                    return tx.createQuery(
                                    """
                                    SELECT credential_key_sealed, created_at FROM home
                                     WHERE id = :id
                                    """)
                            .bind("id", id.value())
                            .map(
                                    (row, _) ->
                                            new StoredHome(
                                                    id,
                                                    sealer.open(
                                                            row.getString("credential_key_sealed"),
                                                            place(id)),
                                                    Instant.ofEpochMilli(
                                                            row.getLong("created_at"))))
                            .one();
                });
    }

    private void insert(Handle tx, HomeId id) {
        tx.createUpdate(
                        """
                        INSERT INTO home (id, credential_key_sealed, created_at)
                        VALUES (:id, :key, :now)
                        ON CONFLICT (id) DO NOTHING
                        """)
                .bind("id", id.value())
                .bind("key", sealer.seal(secrets.randomToken(), place(id)))
                .bind("now", time.instant().toEpochMilli())
                .execute();
    }

    public HomeState stateOf(HomeId id) {
        return database.read(handle -> stateOf(handle, id));
    }

    public static HomeState stateOf(Handle handle, HomeId id) {
        return handle.createQuery("SELECT leaving_since, left_at FROM home WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> state(row))
                .findOne()
                .orElseGet(HomeState.Served::new);
    }

    private static HomeState state(ResultSet row) throws SQLException {
        long since = row.getLong("leaving_since");
        if (row.wasNull()) {
            return new HomeState.Served();
        }
        long left = row.getLong("left_at");
        return row.wasNull()
                ? new HomeState.Leaving(Instant.ofEpochMilli(since))
                : new HomeState.Left(Instant.ofEpochMilli(since), Instant.ofEpochMilli(left));
    }

    /// Notes that a home is being left, as part of the caller's transaction.
    ///
    /// @return false where that was so already
    public boolean beginLeaving(Handle tx, HomeId id) {
        return tx.createUpdate(
                                """
                                UPDATE home SET leaving_since = :now
                                 WHERE id = :id AND leaving_since IS NULL
                                """)
                        .bind("now", time.instant().toEpochMilli())
                        .bind("id", id.value())
                        .execute()
                == 1;
    }

    /// Notes that nothing is left to undo, as part of the caller's transaction.
    ///
    /// @return false where the operator came back meanwhile
    public boolean finishLeaving(Handle tx, HomeId id) {
        return tx.createUpdate(
                                """
                                UPDATE home SET left_at = :now
                                 WHERE id = :id AND leaving_since IS NOT NULL
                                   AND left_at IS NULL
                                """)
                        .bind("now", time.instant().toEpochMilli())
                        .bind("id", id.value())
                        .execute()
                == 1;
    }

    /// The home is to be served again, as part of the caller's transaction.
    ///
    /// @return false where it was never left
    public boolean comeBack(Handle tx, HomeId id) {
        return tx.createUpdate(
                                """
                                UPDATE home SET leaving_since = NULL, left_at = NULL
                                 WHERE id = :id AND leaving_since IS NOT NULL
                                """)
                        .bind("id", id.value())
                        .execute()
                == 1;
    }

    private static Sealer.Place place(HomeId id) {
        return new Sealer.Place("home", id.value(), "credential_key_sealed");
    }
}
