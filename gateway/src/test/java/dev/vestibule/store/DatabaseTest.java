package dev.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.vestibule.Eventually;

import org.assertj.core.util.Throwables;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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
    void foreseesAChangeAndNothingComesOfIt() {
        try (TestDatabase test = new TestDatabase()) {
            List<String> followed = new ArrayList<>();
            int foreseen =
                    test.database()
                            .foresee(
                                    tx -> {
                                        WhenCommitted.run(tx, () -> followed.add("told"));
                                        boolean isForeseen =
                                                WhenCommitted.attempt(
                                                        tx, WhenCommitted::isForeseen);
                                        assertThat(isForeseen).isTrue();
                                        return tx.execute(INSERT);
                                    });

            assertThat(foreseen).isEqualTo(1);
            assertThat(countMarks(test.database())).isZero();
            test.database()
                    .change(
                            tx -> {
                                assertThat(WhenCommitted.isForeseen()).isFalse();
                                tx.execute(INSERT);
                            });
            assertThat(followed).isEmpty();
            assertThat(countMarks(test.database())).isEqualTo(1);
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
    void aProblemDoesNotSayWhatWasBound() {
        String sql = "INSERT INTO none VALUES (:it)";
        try (TestDatabase test = new TestDatabase()) {
            assertThatThrownBy(() -> test.database().change(tx -> insert(tx, sql)))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .extracting(Throwables::getStackTrace, STRING)
                    .contains("no such table")
                    .doesNotContain("ada@example.org");
        }
    }

    private static void insert(Handle tx, String sql) {
        tx.createUpdate(sql).bind("it", "ada@example.org").execute();
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

    @Test
    void whatTheCallerGaveUpWaitingForIsUndone(@TempDir Path directory) {
        CountDownLatch isGivenUp = new CountDownLatch(1);
        String url = Sqlite.url(directory.resolve("slow.db"));
        Database.open(url).close();
        try (Database database = Database.open(url, Duration.ofMillis(200))) {
            assertThatThrownBy(
                            () ->
                                    database.change(
                                            tx -> {
                                                tx.execute(INSERT);
                                                await(isGivenUp);
                                            }))
                    .isInstanceOf(DatabaseUnavailable.class);
            isGivenUp.countDown();

            Eventually.await(() -> isTaken(database, tx -> tx.execute("DELETE FROM master_key")));
            try (Database patient = Database.open(url)) {
                assertThat(countMarks(patient)).isZero();
            }
        }
    }

    /// Not where the machine was too busy to do it in the time that there is.
    private static boolean isTaken(Database database, Consumer<Handle> work) {
        try {
            database.change(work);
            return true;
        } catch (DatabaseUnavailable late) {
            return false;
        }
    }

    @Test
    void whatFollowsAChangeFollowsItsCommitOnly() {
        List<Integer> seen = new ArrayList<>();
        try (TestDatabase test = new TestDatabase()) {
            Database database = test.database();

            database.inTransaction(
                    tx -> tx.execute(INSERT), _ -> seen.add(countMarks(test.database())));
            assertThatThrownBy(
                            () ->
                                    database.inTransaction(
                                            tx -> tx.execute("SELECT nonsense"), _ -> seen.add(99)))
                    .isInstanceOf(DatabaseUnavailable.class);

            assertThat(seen).containsExactly(1);
        }
    }

    @Test
    void aLockedDatabaseIsUnavailableAndLosesNothing(@TempDir Path directory) throws Exception {
        String url =
                Sqlite.url(directory.resolve("locked.db"))
                        .replace("busy_timeout=5000", "busy_timeout=50");
        try (Database database = Database.open(url);
                Connection other = DriverManager.getConnection(url);
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");

            assertThatThrownBy(() -> database.change(tx -> tx.execute(INSERT)))
                    .isInstanceOf(DatabaseUnavailable.class);
            assertThat(countMarks(database)).isZero();

            lock.execute("ROLLBACK");
            database.change(tx -> tx.execute(INSERT));
            assertThat(countMarks(database)).isEqualTo(1);
        }
    }

    @Test
    void aFullDiskIsUnavailableAndLeavesNothingHalfMade(@TempDir Path directory) {
        String url = Sqlite.url(directory.resolve("full.db"));
        Database.open(url).close();
        try (Database database = Database.open(url + "&max_page_count=1")) {
            assertThatThrownBy(
                            () ->
                                    database.change(
                                            tx -> {
                                                tx.execute(INSERT);
                                                fill(tx);
                                            }))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasStackTraceContaining("SQLITE_FULL");

            assertThat(countMarks(database)).isZero();
        }
        try (Database roomAgain = Database.open(url)) {
            roomAgain.change(tx -> tx.execute(INSERT));
            assertThat(countMarks(roomAgain)).isEqualTo(1);
        }
    }

    private static void fill(Handle tx) {
        for (int i = 0; i < 100; i++) {
            tx.execute(
                    "INSERT INTO scim_tenant (id, name, networks, created_at) VALUES (?, ?, '', 0)",
                    "id" + i,
                    i + "x".repeat(4_000));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static int countMarks(Database database) {
        return database.read(
                handle ->
                        handle.createQuery("SELECT COUNT(*) FROM high_water_mark")
                                .mapTo(Integer.class)
                                .one());
    }
}
