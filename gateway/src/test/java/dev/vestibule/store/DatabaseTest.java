package dev.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

class DatabaseTest {

    private static final String INSERT =
            "INSERT INTO high_water_mark (name, at) VALUES ('clock', 7)";

    private static final String ROLE_OF_NOBODY =
            "INSERT INTO role (account_id, home_id, role) VALUES ('nobody', 'nowhere', 'user')";

    @Test
    void keepsWhatATransactionWrote() {
        try (TestDatabase test = new TestDatabase()) {
            test.database().change(tx -> tx.execute(INSERT));

            assertThat(countMarks(test.database())).isEqualTo(1);
        }
    }

    @Test
    void keepsNothingOfATransactionThatFailed() {
        try (TestDatabase test = new TestDatabase()) {
            assertThatThrownBy(
                            () ->
                                    test.database()
                                            .change(
                                                    tx -> {
                                                        tx.execute(INSERT);
                                                        throw new IllegalStateException("later");
                                                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("later");

            assertThat(countMarks(test.database())).isZero();
        }
    }

    @Test
    void saysThatItIsUnavailableWhereTheDriverRefuses() {
        try (TestDatabase test = new TestDatabase()) {
            assertThatThrownBy(() -> test.database().change(tx -> tx.execute("SELECT nonsense")))
                    .isInstanceOf(DatabaseUnavailable.class);
        }
    }

    @Test
    void enforcesForeignKeys() {
        try (TestDatabase test = new TestDatabase()) {
            assertThatThrownBy(() -> test.database().change(tx -> tx.execute(ROLE_OF_NOBODY)))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasRootCauseInstanceOf(java.sql.SQLException.class);
        }
    }

    @Test
    void refusesAFileThatIsNoDatabase(@TempDir Path directory) throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("broken.db"), "no database, just words\n".repeat(99));

        assertThatThrownBy(() -> Database.open(Sqlite.url(file)))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("broken.db");
    }

    private static int countMarks(Database database) {
        return database.read(
                handle ->
                        handle.createQuery("SELECT COUNT(*) FROM high_water_mark")
                                .mapTo(Integer.class)
                                .one());
    }
}
