package dev.vestibule.store;

import java.time.Instant;
import java.util.Optional;

/// Which master key the sealed values of a database belong to. Owns the table `master_key`.
///
/// Mishap: a database comes back from a backup and the key does not, or the key of another house is
/// put beside it. Everything would seem to work until the first sealed value is needed, and new
/// values would be sealed with a key that the old ones do not open with.
public final class SealedWith {

    private SealedWith() {}

    /// Holds a key against the database; the first one to come is the database's own.
    ///
    /// @param keyId of the key that is there, see `MasterKey`
    /// @return the id of the key that is needed, where it is another one
    public static Optional<String> other(Database database, String keyId, Instant now) {
        String own =
                database.inTransaction(
                        tx -> {
                            tx.createUpdate(
                                            """
                                            INSERT INTO master_key (id, first_used_at)
                                            SELECT :key, :now
                                             WHERE NOT EXISTS (SELECT 1 FROM master_key)
                                            """)
                                    .bind("key", keyId)
                                    .bind("now", now.toEpochMilli())
                                    .execute();
                            return tx.createQuery("SELECT id FROM master_key")
                                    .mapTo(String.class)
                                    .one();
                        });
        return Optional.of(own).filter(id -> !id.equals(keyId));
    }
}
