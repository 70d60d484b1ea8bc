package dev.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.config.Lifetimes;
import dev.vestibule.store.Cursor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// Noon of the first of January is when the clock begins.
class AuditSweepTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int NO_BATCH = 1_000;
    private static final int NO_EXCESS = 1_000;

    private final TestFacts facts = new TestFacts();
    private final AuditStore store = new AuditStore(facts.database);

    @AfterEach
    void close() {
        facts.close();
    }

    private AuditSweep sweep(Duration retention, int excessMax, int batch) {
        return new AuditSweep(
                facts.clock, facts.database, facts.audit, retention, excessMax, batch);
    }

    private AuditSweep keeping(Duration retention) {
        return sweep(retention, NO_EXCESS, NO_BATCH);
    }

    private static AuditEvent restored(String account) {
        return new AuditEvent.AccountRestored(account, "console");
    }

    private static AuditEvent refused(String who) {
        return new AuditEvent.SignInRefused("home", "provider", who, "no-role", "ref");
    }

    private void append(AuditEvent event) {
        facts.audit.append(event, "192.0.2.1");
        // Lines of one moment are in no order that a test could know.
        facts.clock.advance(Duration.ofMillis(2));
    }

    /// The newest first.
    private List<AuditEvent> left() {
        return store.before(AuditQuery.ALL, Cursor.NEWEST, 1_000).lines().stream()
                .map(line -> line.event().orElseThrow())
                .toList();
    }

    @Test
    void whatIsOlderThanTheLogIsKeptGoesWithTheDayThatItIsOfAndLeavesALine() {
        append(restored("ada"));
        append(refused("eve"));
        facts.clock.advance(DAY);
        append(restored("bob"));
        facts.clock.advance(DAY.multipliedBy(29));

        assertThat(keeping(DAY.multipliedBy(31)).sweep()).isZero();
        assertThat(keeping(DAY.multipliedBy(30)).sweep()).isZero();
        assertThat(keeping(DAY.multipliedBy(29)).sweep()).isEqualTo(2);

        assertThat(left())
                .containsExactly(
                        new AuditEvent.AuditSwept(2, 0, "2026-01-02T00:00:00Z"), restored("bob"));
    }

    @Test
    void nothingGoesFromALogThatIsKeptForEver() {
        append(restored("ada"));
        facts.clock.advance(DAY.multipliedBy(20_000));

        assertThat(keeping(Lifetimes.NEVER).sweep()).isZero();

        assertThat(left()).containsExactly(restored("ada"));
    }

    @Test
    void whereNothingWentThereIsNoLineAndTheEndOfSuchLinesLeavesNone() {
        append(restored("ada"));
        facts.clock.advance(DAY.multipliedBy(10));
        keeping(DAY).sweep();
        assertThat(keeping(DAY).sweep()).isZero();
        assertThat(left()).hasSize(1);
        facts.clock.advance(DAY.multipliedBy(10));

        assertThat(keeping(DAY).sweep()).isEqualTo(1);

        assertThat(left()).isEmpty();
    }

    @Test
    void onlySoManyGoAtOnceTheOldestFirst() {
        for (int i = 0; i < 7; i++) {
            append(restored("person-" + i));
        }
        facts.clock.advance(DAY.multipliedBy(10));
        AuditSweep sweep = sweep(DAY, NO_EXCESS, 3);

        assertThat(sweep.sweep()).isEqualTo(3);
        assertThat(left()).contains(restored("person-3")).doesNotContain(restored("person-2"));
        assertThat(sweep.sweep()).isEqualTo(3);
        assertThat(sweep.sweep()).isEqualTo(1);
        assertThat(sweep.sweep()).isZero();

        assertThat(left())
                .extracting(event -> ((AuditEvent.AuditSwept) event).old())
                .containsExactlyInAnyOrder(1, 3, 3);
    }

    @Test
    void refusedAttemptsBeyondTheLimitGoOldestFirstAndNothingElseDoes() {
        append(restored("ada"));
        for (int i = 0; i < 6; i++) {
            append(refused("who-" + i));
        }
        append(new AuditEvent.HandOffBegun("home", "app", "phone"));
        append(restored("bob"));
        AuditSweep sweep = sweep(DAY.multipliedBy(365), 4, NO_BATCH);

        assertThat(sweep.sweep()).isEqualTo(2);

        assertThat(left())
                .containsExactly(
                        new AuditEvent.AuditSwept(0, 2, "2025-01-01T00:00:00Z"),
                        restored("bob"),
                        new AuditEvent.HandOffBegun("home", "app", "phone"),
                        refused("who-5"),
                        refused("who-4"),
                        refused("who-3"),
                        refused("who-2"),
                        restored("ada"));
        assertThat(sweep.sweep()).isZero();
    }

    /// Attack: whoever is refused again and again has a line written each minute about what went.
    @Test
    void aTenthMoreOfThemMayStayForAWhile() {
        AuditSweep sweep = sweep(DAY.multipliedBy(365), 20, NO_BATCH);
        for (int i = 0; i < 22; i++) {
            append(refused("who-" + i));
        }
        assertThat(sweep.sweep()).isZero();
        append(refused("one-more"));

        assertThat(sweep.sweep()).isEqualTo(3);
    }

    @Test
    void onceSomeOfThemLeaveTheyDoSoUntilTheLimitHoldsAndOnlyThenATenthMoreMayStayAgain() {
        AuditSweep sweep = sweep(DAY.multipliedBy(365), 20, 2);
        for (int i = 0; i < 23; i++) {
            append(refused("who-" + i));
        }

        assertThat(sweep.sweep()).isEqualTo(2);
        assertThat(sweep.sweep()).isEqualTo(1);
        assertThat(sweep.sweep()).isZero();
        assertThat(left()).contains(refused("who-3")).doesNotContain(refused("who-2"));

        append(refused("one-more"));
        append(refused("another"));
        assertThat(sweep.sweep()).isZero();
    }

    @Test
    void theSweepTakesItsPermissionWithIt() {
        append(restored("ada"));
        facts.clock.advance(DAY.multipliedBy(10));
        keeping(DAY).sweep();

        int permissions =
                facts.database.read(
                        handle ->
                                handle.createQuery("SELECT COUNT(*) FROM audit_sweep")
                                        .mapTo(Integer.class)
                                        .one());

        assertThat(permissions).isZero();
    }
}
