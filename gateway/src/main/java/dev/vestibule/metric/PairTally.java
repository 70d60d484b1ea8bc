package dev.vestibule.metric;

import java.util.EnumMap;
import java.util.Objects;

/// Counts by the constants of two enums at once. Safe to share between threads; counting neither
/// waits nor allocates.
///
/// @param <A> what there can be of the one
/// @param <B> and of the other
public final class PairTally<A extends Enum<A>, B extends Enum<B>> {

    private final EnumMap<A, Tally<B>> tallies;

    /// @param tallies one for each constant of the first
    PairTally(EnumMap<A, Tally<B>> tallies) {
        this.tallies = tallies.clone();
    }

    public void add(A one, B other) {
        Objects.requireNonNull(tallies.get(one)).add(other);
    }
}
