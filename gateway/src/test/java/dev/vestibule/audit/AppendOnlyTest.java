package dev.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.TestFacts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// What a bug, or a hand on the database, cannot do to the log.
class AppendOnlyTest {

    private final TestFacts facts = new TestFacts();

    @BeforeEach
    void twoLines() {
        facts.audit.append(new AuditEvent.AccountSuspended("ada", "console", "out"), "console");
        facts.audit.append(
                new AuditEvent.SignInRefused("home", "provider", "eve", "no-role", "ref"),
                "192.0.2.9");
    }

    @AfterEach
    void close() {
        facts.close();
    }

    private List<String> rows() {
        return facts.database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT id || at || kind || outcome || address || detail
                                          FROM audit_event
                                         ORDER BY id
                                        """)
                                .mapTo(String.class)
                                .list());
    }

    /// Every statement of it in one transaction.
    private void run(String statements) {
        facts.database.change(
                tx -> {
                    for (String statement : statements.split(";", -1)) {
                        tx.execute(statement);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_event SET detail = '{}'",
                "UPDATE audit_event SET at = 0 WHERE kind = 'AccountSuspended'",
                "UPDATE audit_event SET kind = kind",
                "UPDATE OR REPLACE audit_event SET id = (SELECT MIN(id) FROM audit_event)",
                "DELETE FROM audit_event",
                "DELETE FROM audit_event WHERE outcome = 'refused'",
                "REPLACE INTO audit_event SELECT id, at, kind, outcome, home_id, account_id, actor,"
                        + " address, reason, '{}' FROM audit_event",
                "INSERT OR REPLACE INTO audit_event (rowid, id, at, kind, outcome, actor, address,"
                        + " reason, detail) VALUES (1, 'other', 0, 'X', 'done', '', '', '', '{}')",
                "INSERT INTO audit_event (id, at, kind, outcome, actor, address, reason, detail)"
                        + " SELECT id, 0, 'X', 'done', '', '', '', '{}' FROM audit_event WHERE true"
                        + " ON CONFLICT (id) DO UPDATE SET detail = '{}'",
                // Permission for what anybody can cause lets nothing else go.
                "INSERT INTO audit_sweep VALUES ('refused', 9999999999999);"
                        + "DELETE FROM audit_event WHERE outcome = 'done'",
                // And none for later lines than it says.
                "INSERT INTO audit_sweep VALUES (NULL, 1); DELETE FROM audit_event",
            })
    void noLineIsChangedRemovedOrReplaced(String attack) {
        List<String> before = rows();

        assertThatThrownBy(() -> run(attack)).hasStackTraceContaining("audit_event: a line");

        assertThat(rows()).isEqualTo(before).hasSize(2);
    }

    @Test
    void noSweepIsPermittedForWhatWasDone() {
        List<String> before = rows();

        assertThatThrownBy(
                        () ->
                                run(
                                        "INSERT INTO audit_sweep VALUES ('done', 9999999999999);"
                                                + "DELETE FROM audit_event"))
                .hasStackTraceContaining("CHECK constraint failed: outcome IN");

        assertThat(rows()).isEqualTo(before).hasSize(2);
    }

    @Test
    void linesAreStillAdded() {
        facts.audit.append(new AuditEvent.AccountRestored("ada", "console"), "console");

        assertThat(rows()).hasSize(3);
    }
}
