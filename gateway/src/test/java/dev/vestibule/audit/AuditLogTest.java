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
