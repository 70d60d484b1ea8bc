package dev.vestibule.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.HomeId;
import dev.vestibule.testhouse.TestClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class CodeLimitsTest {

    private static final HomeId HOME = new HomeId("home");

    private final TestClock clock = new TestClock(Instant.parse("2026-10-01T12:00:00Z"));
    private final CodeLimits limits = new CodeLimits(clock);

    private int codesTried(String user) {
        int count = 0;
        while (count < 100 && limits.tryTake(HOME, user)) {
            count++;
        }
        return count;
    }

    @Test
    void aUserHasTenCodesInTenMinutes() {
        assertThat(codesTried("greta")).isEqualTo(10);
        clock.advance(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(codesTried("greta")).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(codesTried("greta")).isEqualTo(10);
    }

    @Test
    void aUserHasFiftyCodesADay() {
        int count = 0;
        for (int i = 0; i < 20; i++) {
            count += codesTried("greta");
            clock.advance(Duration.ofMinutes(10));
        }
        assertThat(count).isEqualTo(50);
        clock.advance(Duration.ofDays(1));
        assertThat(codesTried("greta")).isEqualTo(10);
    }

    @Test
    void oneUserTakesNothingFromAnotherOrFromAnotherHome() {
        codesTried("greta");

        assertThat(codesTried("ben")).isEqualTo(10);
        assertThat(limits.tryTake(new HomeId("cabin"), "greta")).isTrue();
    }
}
