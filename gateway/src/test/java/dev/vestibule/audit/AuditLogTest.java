package dev.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class AuditLogTest {

    private final TestFacts facts = new TestFacts();

    @AfterEach
    void close() {
        facts.close();
    }

    private void append(AuditEvent event) {
        facts.clock.advance(Duration.ofMillis(2));
        facts.audit.append(event, "192.0.2.1");
    }

    @Test
    void refusedAttemptsLeaveOldestFirstAndNothingElseDoes() {
        append(new AuditEvent.AccountRestored("ada", "console"));
        for (int i = 0; i < 6; i++) {
            append(new AuditEvent.SignInRefused("home", "who-" + i, "no-role", "ref"));
        }
        append(new AuditEvent.AccountRestored("bob", "console"));

        assertThat(facts.audit.sweep(4)).isEqualTo(2);

        assertThat(facts.audit.newest(10)).hasSize(6);
        assertThat(facts.audit.newest(10))
                .extracting(AuditLog.Line::detail)
                .anyMatch(detail -> detail.contains("ada"))
                .anyMatch(detail -> detail.contains("bob"))
                .anyMatch(detail -> detail.contains("who-5"))
                .noneMatch(detail -> detail.contains("who-1"));
        assertThat(facts.audit.sweep(4)).isZero();
    }

    @Test
    void whatAStrangerWroteStaysOneFieldOfOneLine() {
        append(
                new AuditEvent.SignInRefused(
                        "home", "x\",\"reason\":\"none\"}\nevent=SignedIn", "no-role", "ref"));

        assertThat(facts.audit.newest(1))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line.detail())
                                        .contains("\"reason\":\"no-role\"")
                                        .doesNotContain("\n"));
    }
}
