package dev.vestibule.firstrun;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// When nobody answers any more. Safe to share between threads.
final class IdleDeadline {

    private final InstantSource time;
    private final Duration idleMax;
    private volatile Instant lastInput;

    IdleDeadline(InstantSource time, Duration idleMax) {
        this.time = time;
        this.idleMax = idleMax;
        this.lastInput = time.instant();
    }

    /// Somebody who may has answered something.
    void postpone() {
        lastInput = time.instant();
    }

    boolean isOver() {
        return !time.instant().isBefore(lastInput.plus(idleMax));
    }
}
