package dev.vestibule.metric;

import io.micrometer.core.instrument.Timer;

import java.time.Duration;

/// How long one kind of thing takes. Safe to share between threads; recording does not wait.
public final class Timing {

    private final Timer timer;

    Timing(Timer timer) {
        this.timer = timer;
    }

    public void record(Duration duration) {
        timer.record(duration);
    }
}
