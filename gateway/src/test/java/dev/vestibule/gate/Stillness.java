package dev.vestibule.gate;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Waits until a count has stopped moving, which is how back-pressure looks from outside.
final class Stillness {

    private static final long STILL_NANOS = 700_000_000;
    private static final long LOOK_EVERY_NANOS = 20_000_000;

    private Stillness() {}

    static long of(AtomicLong count) {
        long last = -1;
        long since = System.nanoTime();
        while (last <= 0 || System.nanoTime() - since < STILL_NANOS) {
            long now = count.get();
            if (now != last) {
                last = now;
                since = System.nanoTime();
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return last;
    }
}
