package dev.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class ForwardClockTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final TestDatabase test = new TestDatabase();
    private final TestClock system = new TestClock(START);

    @AfterEach
    void close() {
        test.close();
    }

    private ForwardClock resume() {
        return ForwardClock.resume(system, test.database());
    }

    @Test
    void goesWithTheSystem() {
        ForwardClock clock = resume();

        system.advance(Duration.ofDays(3));

        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofDays(3)));
    }

    @Test
    void whatHasRunOutStaysRunOutWhenTheClockJumpsBackAlsoOverARestart() {
        ForwardClock clock = resume();
        system.advance(Duration.ofDays(1));
        clock.save();

        system.advance(Duration.ofDays(-30));

        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofDays(1)));
        assertThat(resume().instant()).isEqualTo(START.plus(Duration.ofDays(1)));
    }

    @Test
    void deadlinesStillComeAfterAClockThatWasOnceAYearAhead() {
        ForwardClock clock = resume();
        system.advance(Duration.ofDays(365));
        Instant ahead = clock.instant();
        clock.save();
        system.advance(Duration.ofDays(-365));
        ForwardClock restarted = resume();
        clock.instant();
        restarted.instant();

        system.advance(Duration.ofMinutes(10));

        assertThat(clock.instant()).isEqualTo(ahead.plus(Duration.ofMinutes(10)));
        assertThat(restarted.instant()).isEqualTo(ahead.plus(Duration.ofMinutes(10)));
    }

    @Test
    void aClockThatIsSetRightIsWaitedFor() {
        ForwardClock clock = resume();
        Instant before = clock.instant();
        system.advance(Duration.ofSeconds(-30));

        system.advance(Duration.ofSeconds(20));
        assertThat(clock.instant()).isEqualTo(before);

        system.advance(Duration.ofSeconds(20));
        assertThat(clock.instant()).isEqualTo(system.instant());
    }
}
