package dev.vestibule.metric;

import io.micrometer.core.instrument.Timer;

import java.util.EnumMap;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// How long things take, by the constants of an enum. Safe to share between threads; recording
/// neither waits nor allocates.
///
/// @param <E> what there can be
public final class Timings<E extends Enum<E>> {

    private final EnumMap<E, Timer> timers;

    /// @param timers one for each constant
    Timings(EnumMap<E, Timer> timers) {
        this.timers = timers.clone();
    }

    public void record(E kind, long nanos) {
        Objects.requireNonNull(timers.get(kind)).record(nanos, TimeUnit.NANOSECONDS);
    }
}
