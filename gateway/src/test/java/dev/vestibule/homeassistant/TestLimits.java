package dev.vestibule.homeassistant;

import java.time.Duration;

/// Limits under which a test of a time-out takes no time.
final class TestLimits {

    static final TransportLimits SHORT =
            new TransportLimits(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(1_500),
                    Duration.ofMillis(1_500),
                    Duration.ofMillis(100),
                    Duration.ofMillis(20),
                    Duration.ofMillis(100),
                    Duration.ofMillis(100),
                    Duration.ofMillis(600),
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
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10),
                    1 << 20,
                    8 << 20);

    /// Gives up soon, with room for whole answers.
    static final TransportLimits IMPATIENT =
            new TransportLimits(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(3),
                    Duration.ofMillis(200),
                    Duration.ofMillis(20),
                    Duration.ofMillis(200),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10),
                    1 << 20,
                    8 << 20);

    private TestLimits() {}

    static TransportLimits withRetries(Duration usual, Duration refused) {
        return new TransportLimits(
                QUICK.connect(),
                QUICK.answer(),
                QUICK.command(),
                QUICK.ping(),
                usual,
                usual,
                refused,
                QUICK.firstAttempt(),
                QUICK.bodyBytesMax(),
                QUICK.messageCharsMax());
    }

    static TransportLimits withPing(Duration ping) {
        return new TransportLimits(
                QUICK.connect(),
                QUICK.answer(),
                QUICK.command(),
                ping,
                QUICK.retryFirst(),
                QUICK.retryLast(),
                QUICK.retryRefused(),
                QUICK.firstAttempt(),
                QUICK.bodyBytesMax(),
                QUICK.messageCharsMax());
    }

    static TransportLimits withFirstAttempt(Duration limit) {
        return new TransportLimits(
                QUICK.connect(),
                QUICK.answer(),
                QUICK.command(),
                QUICK.ping(),
                QUICK.retryFirst(),
                QUICK.retryLast(),
                QUICK.retryRefused(),
                limit,
                QUICK.bodyBytesMax(),
                QUICK.messageCharsMax());
    }
}
