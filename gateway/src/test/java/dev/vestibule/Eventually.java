package dev.vestibule;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what another thread brings about.
public final class Eventually {

    private static final Duration MAX = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private Eventually() {}

    public static void await(BooleanSupplier condition) {
        holds(condition, () -> "nothing to be told");
    }

    /// @param seen what is there instead, for the message
    public static void holds(BooleanSupplier condition, Supplier<?> seen) {
        long end = System.nanoTime() + MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not in " + MAX + "; there is " + seen.get());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /// Waits until the value is of this type, and gives it.
    public static <T> T become(Class<T> type, Supplier<?> value) {
        holds(() -> type.isInstance(value.get()), value);
        Object last = value.get();
        if (!type.isInstance(last)) {
            throw new AssertionError("it went on to " + last);
        }
        return type.cast(last);
    }
}
