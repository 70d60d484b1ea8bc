package dev.vestibule.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class SuspensionStoreTest {

    @Test
    void whoWasSuspendedBeforeThereWereSeveralWordsStaysSo(@TempDir Path directory) {
        String url = "jdbc:sqlite:" + directory.resolve("older.db");
        migrate(url, "38");
        Jdbi older = Jdbi.create(url);
        older.useHandle(
                handle ->
                        handle.execute(
                                """
                                INSERT INTO account (id, username, display_name, origin, state,
                                                     suspended_by, epoch, created_at, last_seen_at)
                                VALUES ('ada', 'ada', 'Ada', 'oidc', 'suspended', 'scim', 1, 0, 0),
                                       ('ben', 'ben', 'Ben', 'oidc', 'active', NULL, 1, 0, 0)
                                """));

        migrate(url, "39");

        var suspensions = new SuspensionStore();
        older.useHandle(
                handle -> {
                    assertThat(suspensions.of(handle, new AccountId("ada")))
                            .containsExactly(SuspendedBy.SCIM);
                    assertThat(suspensions.of(handle, new AccountId("ben"))).isEmpty();
                });
    }

    private static void migrate(String url, String version) {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }
}
