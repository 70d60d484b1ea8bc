package dev.vestibule.e2e;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what another program does in its own time: asks again and again, until a deadline.
final class Patience {

    private Patience() {}

    /// @param complaint what to say where the deadline passed first
    static void until(
            BooleanSupplier holds, Duration pause, Duration max, Supplier<String> complaint) {
        long deadline = System.nanoTime() + max.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(complaint.get());
            }
            sleep(pause);
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
