package dev.vestibule.provisioning;

import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

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

    private static Sealer.Place place(HomeId id) {
        return new Sealer.Place("home", id.value(), "credential_key_sealed");
    }
}
