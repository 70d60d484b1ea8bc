package dev.vestibule.testhouse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that moves only when it is told to. Safe to share between threads.
public final class TestClock implements InstantSource {

    private final AtomicReference<Instant> now;

    public TestClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /// Moves the clock; a negative duration jumps back, as a clock without a battery does after a
    /// power cut.
    public void advance(Duration step) {
        now.updateAndGet(instant -> instant.plus(step));
    }
}
