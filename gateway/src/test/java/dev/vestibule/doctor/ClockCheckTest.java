package dev.vestibule.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.HomeConfig;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

final class ClockCheckTest {

    private static Finding look(Duration off) {
        try (var server = ScriptedHomeAssistant.start()) {
            HomeConfig home = AroundCheckTest.home(server.url());
            InstantSource time = new TestClock(Instant.now().plus(off));
            return ClockCheck.of(time, home).look().getFirst();
        }
    }

    @Test
    void twoMinutesFromHomeAssistantAreTooMany() {
        for (Duration off : new Duration[] {Duration.ofMinutes(2), Duration.ofMinutes(-2)}) {
            assertThat(look(off))
                    .isInstanceOfSatisfying(
                            Finding.Wrong.class,
                            wrong -> assertThat(wrong.cause()).isEqualTo(Cause.CLOCK));
        }
    }

    @Test
    void theSameTimeIsFine() {
        assertThat(look(Duration.ZERO)).isInstanceOf(Finding.Fine.class);
    }
}
