package dev.vestibule.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.TestClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class AddressLimiterTest {

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final AddressLimiter limiter = new AddressLimiter(clock, 3);

    private boolean take(String address) {
        return limiter.tryTake(new ClientAddress.Known(IpLiteral.parse(address).orElseThrow()));
    }

    @Test
    void anAddressHasItsShareOfEachMinute() {
        for (int i = 0; i < 3; i++) {
            assertThat(take("192.0.2.1")).isTrue();
        }
        assertThat(take("192.0.2.1")).isFalse();
        assertThat(take("192.0.2.2")).isTrue();

        clock.advance(Duration.ofMinutes(1));

        assertThat(take("192.0.2.1")).isTrue();
    }

    @Test
    void theAddressesOfASlash64ShareOne() {
        for (int i = 1; i <= 3; i++) {
            assertThat(take("2001:db8:1:2::" + i)).isTrue();
        }

        assertThat(take("2001:db8:1:2:ffff::9")).isFalse();
        assertThat(take("2001:db8:1:3::1")).isTrue();
    }

    @Test
    void hoppingThroughA48GivesEightSharesAndNoMore() {
        int taken = 0;
        for (int i = 0; i < 1_000; i++) {
            taken += take("2001:db8:1:" + Integer.toHexString(i) + "::1") ? 1 : 0;
        }

        assertThat(taken).isEqualTo(24);
        assertThat(take("2001:db8:2::1")).isTrue();
    }
}
