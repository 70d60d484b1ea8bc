package dev.vestibule.homeassistant;

import java.time.Duration;

/// Limits under which a test of a time-out takes no time.
final class TestLimits {

    static final TransportLimits SHORT =
            new TransportLimits(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(600),
                    Duration.ofMillis(600),
                    Duration.ofMillis(100),
                    Duration.ofMillis(20),
                    Duration.ofMillis(100),
                    1_000,
                    2_000);

    /// Quick to reconnect, patient with answers.
    static final TransportLimits QUICK =
            new TransportLimits(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(20),
                    Duration.ofMillis(200),
                    1 << 20,
                    8 << 20);

    private TestLimits() {}
}
