package dev.vestibule.metric;

import io.micrometer.core.instrument.Counter;

import java.util.EnumMap;
import java.util.Objects;

/// Counts by the constants of an enum. Safe to share between threads; counting neither waits nor
/// allocates.
///
/// @param <E> what there can be
public final class Tally<E extends Enum<E>> {

    private final EnumMap<E, Counter> counters;

    /// @param counters one for each constant
    Tally(EnumMap<E, Counter> counters) {
        this.counters = counters.clone();
    }

    public void add(E kind) {
        Objects.requireNonNull(counters.get(kind)).increment();
    }
}
