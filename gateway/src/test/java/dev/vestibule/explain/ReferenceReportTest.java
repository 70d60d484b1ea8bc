package dev.vestibule.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.audit.AuthenticationFailures;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.metric.Meters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class ReferenceReportTest {

    private static final String NUMBER = "a1b2c3-7";

    private final TestFacts facts = new TestFacts();
    private final ReferenceReport report =
            new ReferenceReport(
                    new RequestRefusals(
                            facts.clock, new AuthenticationFailures(facts.clock), new Meters()),
                    new AuditStore(facts.database));

    @AfterEach
    void close() {
        facts.close();
    }

    private void append(String who, RefusalReason reason, String reference) {
        facts.audit.append(
                new AuditEvent.SignInRefused("home", "provider", who, reason.code(), reference),
                "192.0.2.7");
        facts.clock.advance(Duration.ofMillis(2));
    }

    /// Attack: whoever was refused hides why, from whoever is asked about it.
    @Test
    void aNumberIsFoundBehindAnyNumberOfLinesThatHoldItElsewhere() {
        append("ben", RefusalReason.NO_ROLE, NUMBER);
        for (int i = 0; i < 450; i++) {
            append(NUMBER, RefusalReason.UNKNOWN_CLIENT, "ffffff-" + i);
        }

        assertThat(report.of(NUMBER).orElseThrow().lines())
                .contains(new Explanation.Line("who", "ben"));
    }

    @Test
    void aNumberThatStandsElsewhereOnlyIsNone() {
        append(NUMBER, RefusalReason.UNKNOWN_CLIENT, "ffffff-1");

        assertThat(report.of(NUMBER)).isEmpty();
    }
}
