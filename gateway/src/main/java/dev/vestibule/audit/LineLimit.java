package dev.vestibule.audit;

import dev.vestibule.log.RequestScope;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.ClientAddress;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// How many lines of a kind the log gets in a minute: a few for an address and a bounded number for
/// all of them, so that a flood cannot fill the disk. Safe to share between threads; never waits.
final class LineLimit {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource time;
    private final AddressLimiter ofAddress;
    private final int all;
    private final LongConsumer leftOut;
    private final AtomicLong unsaid = new AtomicLong();
    private Instant windowStart = Instant.EPOCH;
    private int written;

    /// @param leftOut is told later how many lines were left out, where any were
    LineLimit(InstantSource time, int ofAddress, int all, LongConsumer leftOut) {
        this.time = time;
        this.ofAddress = new AddressLimiter(time, ofAddress);
        this.all = all;
        this.leftOut = leftOut;
    }

    /// Takes a line, or counts it among those that were left out.
    boolean tryTake(ClientAddress client) {
        if (ofAddress.tryTake(client) && tryTakeOfAll()) {
            return true;
        }
        unsaid.incrementAndGet();
        return false;
    }

    private synchronized boolean tryTakeOfAll() {
        Instant now = time.instant();
        if (!windowStart.plus(WINDOW).isAfter(now) || windowStart.isAfter(now)) {
            windowStart = now;
            written = 0;
            long more = unsaid.getAndSet(0);
            if (more > 0) {
                // Whoever comes first in the next minute has nothing to do with them.
                RequestScope.run(RequestScope.NONE, () -> leftOut.accept(more));
            }
        }
        written++;
        return written <= all;
    }
}
