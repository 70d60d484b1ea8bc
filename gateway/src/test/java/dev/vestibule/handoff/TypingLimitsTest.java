package dev.vestibule.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.network.ClientAddress;
import dev.vestibule.testhouse.TestClock;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;

class TypingLimitsTest {

    private static final int PER_ADDRESS = 3;

    private final TestClock clock = new TestClock(Instant.parse("2026-10-01T12:00:00Z"));
    private final TypingLimits limits = new TypingLimits(clock, PER_ADDRESS);

    private static ClientAddress from(int host) {
        return new ClientAddress.Known(InetAddress.ofLiteral("203.0.113." + host));
    }

    private void noteWrong(int times) {
        for (int i = 0; i < times; i++) {
            limits.noteWrong();
        }
    }

    @Test
    void anAddressTypesSoOftenInAMinuteAndTakesNothingFromAnother() {
        for (int i = 0; i < PER_ADDRESS; i++) {
            assertThat(limits.mayType(from(1))).isTrue();
        }
        assertThat(limits.mayType(from(1))).isFalse();
        assertThat(limits.mayType(from(2))).isTrue();

        clock.advance(Duration.ofMinutes(1));
        assertThat(limits.mayType(from(1))).isTrue();
    }

    /// Attack: many addresses guess together.
    @Test
    void nobodyTypesWhereTooManyCodesWereWrongInThisMinute() {
        noteWrong(TypingLimits.WRONG_PER_MINUTE_MAX - 1);
        assertThat(limits.mayType(from(1))).isTrue();

        noteWrong(1);

        assertThat(limits.mayType(from(2))).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(limits.mayType(from(3))).isTrue();
    }

    @Test
    void rightCodesAreNotCountedTogether() {
        for (int host = 0; host < TypingLimits.WRONG_PER_MINUTE_MAX + 10; host++) {
            assertThat(limits.mayType(from(host))).isTrue();
        }
    }

    @Test
    void theMinuteBeginsWithTheFirstWrongCodeAndNotAnewWithEach() {
        noteWrong(TypingLimits.WRONG_PER_MINUTE_MAX / 2);
        clock.advance(Duration.ofSeconds(40));
        noteWrong(TypingLimits.WRONG_PER_MINUTE_MAX / 2);
        assertThat(limits.mayType(from(1))).isFalse();

        clock.advance(Duration.ofSeconds(20));

        assertThat(limits.mayType(from(2))).isTrue();
    }
}
