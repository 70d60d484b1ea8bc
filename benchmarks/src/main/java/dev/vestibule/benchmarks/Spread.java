package dev.vestibule.benchmarks;

import java.util.List;
import java.util.Locale;

/// Several measurements of one thing. The median is the figure; the rest says how far to trust it.
record Spread(double median, double min, double max) {

    /// @throws IllegalArgumentException where there is nothing to summarise
    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no measurements");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median =
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    /// As `1.52 (1.47-1.60)`.
    String text(int decimals) {
        String number = "%." + decimals + "f";
        return String.format(
                Locale.ROOT, number + " (" + number + "-" + number + ")", median, min, max);
    }
}
