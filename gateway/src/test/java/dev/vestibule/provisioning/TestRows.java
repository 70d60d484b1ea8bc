package dev.vestibule.provisioning;

import dev.vestibule.config.HomeId;
import dev.vestibule.store.Database;

/// Rows that a test of this room needs and another room owns.
final class TestRows {

    private TestRows() {}

    static void home(Database database, HomeId home) {
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        INSERT INTO home (id, credential_key_sealed, created_at)
                                        VALUES (:id, '', 0)
                                        """)
                                .bind("id", home.value())
                                .execute());
    }
}
