package dev.vestibule.benchmarks;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// How some requests of one kind were answered.
///
/// @param millis each one's time to the answer, as its sender saw it, the shortest first
/// @param whole from the first request to the last answer
/// @param processor of the gateway in that time
record Sent(List<Double> millis, Duration whole, Duration processor) {

    static Sent of(List<Double> millis, Duration whole, Duration processor) {
        if (millis.isEmpty()) {
            throw new IllegalArgumentException("nothing was sent");
        }
        return new Sent(millis.stream().sorted().toList(), whole, processor);
    }

    /// A request for several, told for each of them.
    Sent forEachOf(int entries) {
        double each = whole.toNanos() / 1e6 / entries;
        return new Sent(Collections.nCopies(entries, each), whole, processor);
    }

    /// What was sent one after the other.
    static Sent together(List<Sent> all) {
        return of(
                all.stream().flatMap(sent -> sent.millis().stream()).toList(),
                all.stream().map(Sent::whole).reduce(Duration.ZERO, Duration::plus),
                all.stream().map(Sent::processor).reduce(Duration.ZERO, Duration::plus));
    }

    int count() {
        return millis.size();
    }

    double perSecond() {
        return count() / (whole.toNanos() / 1e9);
    }

    double processorMillis() {
        return processor.toNanos() / 1e6 / count();
    }

    /// The time within which as many of a hundred were answered.
    double percentile(int percent) {
        return millis.get(Math.max(0, (int) Math.ceil(count() * percent / 100.0) - 1));
    }

    String percentileText(int percent) {
        return String.format(Locale.ROOT, "%.2f", percentile(percent));
    }
}
