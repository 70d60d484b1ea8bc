package dev.vestibule.gate;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for something that another thread brings about.
final class Until {

    private static final Duration MAX = Duration.ofSeconds(20);
    private static final long LOOK_EVERY_NANOS = 5_000_000;

    private Until() {}

    static void holds(BooleanSupplier condition) {
        long end = System.nanoTime() + MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("it did not come true in " + MAX);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
