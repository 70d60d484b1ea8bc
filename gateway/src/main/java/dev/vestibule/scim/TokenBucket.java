package dev.vestibule.scim;

import java.time.Duration;
import java.time.Instant;

/// So many a second, and some more at once after a pause. Safe to share between threads.
final class TokenBucket {

    private static final long NANOS = 1_000_000_000;

    private final long nanosEach;
    private final long nanosMax;
    private long saved;
    private Instant seen;

    private TokenBucket(long nanosEach, long nanosMax, Instant now) {
        this.nanosEach = nanosEach;
        this.nanosMax = nanosMax;
        this.saved = nanosMax;
        this.seen = now;
    }

    /// @param perSecond how many come back in a second
    /// @param size how many there are at most, and at first
    static TokenBucket full(int perSecond, int size, Instant now) {
        long each = NANOS / perSecond;
        return new TokenBucket(each, each * size, now);
    }

    /// Takes one.
    ///
    /// @return how long to wait for one; zero where it was taken
    synchronized Duration take(Instant now) {
        if (now.isAfter(seen)) {
            Duration passed = Duration.between(seen, now);
            long more = passed.toSeconds() > nanosMax / NANOS ? nanosMax : passed.toNanos();
            saved = Math.min(nanosMax, saved + more);
            seen = now;
        }
        if (saved < nanosEach) {
            return Duration.ofNanos(nanosEach - saved);
        }
        saved -= nanosEach;
        return Duration.ZERO;
    }
}
