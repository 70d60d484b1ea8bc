package dev.vestibule.revocation;

import java.util.List;
import java.util.stream.Stream;

/// What a transaction ended. Whoever runs the transaction calls [#cut()] once it holds, and not
/// before: what is open is looked for among what has ended already.
public final class Ended {

    /// Nothing.
    public static final Ended NONE = new Ended(List.of());

    private final List<Runnable> cuts;

    private Ended(List<Runnable> cuts) {
        this.cuts = List.copyOf(cuts);
    }

    static Ended of(Runnable cut) {
        return new Ended(List.of(cut));
    }

    /// Both together.
    public Ended and(Ended other) {
        if (cuts.isEmpty()) {
            return other;
        }
        return new Ended(Stream.concat(cuts.stream(), other.cuts.stream()).toList());
    }

    /// Closes what was open. Never waits.
    public void cut() {
        cuts.forEach(Runnable::run);
    }
}
