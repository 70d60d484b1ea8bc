package dev.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.TestFacts;
import dev.vestibule.config.LogConfig;
import dev.vestibule.config.LogFormat;
import dev.vestibule.config.LogLevel;
import dev.vestibule.log.LogSettings;
import dev.vestibule.log.RequestScope;
import dev.vestibule.store.WhenCommitted;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;

class AuditLogTest {

    private static final AuditEvent FAILED =
            new AuditEvent.AuthenticationFailed("home", "local", "ada", "wrong-password", "a1-1");
    private static final AuditEvent REFUSED =
            new AuditEvent.SignInRefused("home", "provider", "ada", "no-role", "a1-1");

    private final TestFacts facts = new TestFacts();

    @AfterEach
    void close() {
        facts.close();
    }

    private void append(AuditEvent event) {
        facts.clock.advance(Duration.ofMillis(2));
        facts.audit.append(event, "192.0.2.1");
    }

    private void appendInVain(Runnable before) {
        assertThatThrownBy(
                        () ->
                                facts.database.change(
                                        tx -> {
                                            facts.audit.append(tx, FAILED, "192.0.2.1");
                                            before.run();
                                            throw new IllegalStateException("held");
                                        }))
                .hasMessage("held");
    }

    @Test
    void theOutputTellsAnEventOnceItHolds() {
        try (LogLines lines = new LogLines(AuditLog.class);
                LogLines failures = new LogLines(AuthenticationFailures.class)) {
            appendInVain(() -> assertThat(lines.all()).isEmpty());

            assertThat(lines.all()).isEmpty();
            assertThat(failures.all()).isEmpty();

            RequestScope.run("a1-1", () -> append(FAILED));

            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .startsWith("event=AuthenticationFailed address=192.0.2.1");
            assertThat(failures.all()).hasSize(1);
            assertThat(lines.requests()).containsExactly("a1-1");
        }
    }

    /// Whoever bans by the log, or keeps a copy of it elsewhere, depends on no level.
    @ParameterizedTest
    @EnumSource
    void theOutputTellsItAtEveryLevel(LogLevel level) {
        LogSettings.apply(new LogConfig(LogFormat.TEXT, level));
        try (LogLines lines = new LogLines(AuditLog.class);
                LogLines failures = new LogLines(AuthenticationFailures.class)) {
            append(FAILED);

            assertThat(lines.all()).hasSize(1);
            assertThat(failures.all()).hasSize(1);
        } finally {
            LogSettings.apply(LogConfig.DEFAULTS);
        }
    }

    @Test
    void whatAPartOfATransactionTookBackIsNotTold() {
        try (LogLines lines = new LogLines(AuditLog.class)) {
            facts.database.change(
                    tx -> {
                        assertThatThrownBy(
                                        () ->
                                                WhenCommitted.attempt(
                                                        tx,
                                                        () -> {
                                                            facts.audit.append(
                                                                    tx, FAILED, "192.0.2.1");
                                                            throw new IllegalStateException("no");
                                                        }))
                                .hasMessage("no");
                        boolean isDone =
                                WhenCommitted.attempt(
                                        tx,
                                        () -> {
                                            facts.audit.append(tx, REFUSED, "192.0.2.1");
                                            return true;
                                        });
                        assertThat(isDone).isTrue();
                        assertThat(lines.all()).isEmpty();
                    });

            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .startsWith("event=SignInRefused address=192.0.2.1");
            assertThat(facts.audit.newest(9))
                    .extracting(AuditLog.Line::kind)
                    .containsExactly("SignInRefused");
        }
    }

    @Test
    void whatAStrangerWroteStaysOneFieldOfOneLine() {
        append(
                new AuditEvent.SignInRefused(
                        "home",
                        "local",
                        "x\",\"reason\":\"none\"}\nevent=SignedIn",
                        "no-role",
                        "ref"));

        assertThat(facts.audit.newest(1))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line.detail())
                                        .contains("\"reason\":\"no-role\"")
                                        .doesNotContain("\n"));
    }
}
