package dev.vestibule.benchmarks;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one load came to, none of it refused or broken.
///
/// @param requests how many were answered
/// @param bytes of all answers, heads included
/// @param duration how long it took
record WrkReport(long requests, long bytes, Duration duration) {

    private static final Pattern LINE =
            Pattern.compile(
                    "report requests=(\\d+) bytes=(\\d+) micros=(\\d+) refused=(\\d+)"
                            + " broken=(\\d+)");

    /// @param printed the output of wrk with our script
    /// @throws BenchmarkFailed where it is none, or tells of errors: what was refused costs nothing
    static WrkReport read(String printed) {
        Matcher line = LINE.matcher(printed);
        if (!line.find()) {
            throw new BenchmarkFailed("wrk reported nothing. It printed:\n" + printed);
        }
        long requests = Long.parseLong(line.group(1));
        long refused = Long.parseLong(line.group(4));
        long broken = Long.parseLong(line.group(5));
        if (requests == 0 || refused + broken > 0) {
            throw new BenchmarkFailed(
                    "of %d requests, %d were refused and %d broke"
                            .formatted(requests, refused, broken));
        }
        return new WrkReport(
                requests,
                Long.parseLong(line.group(2)),
                Duration.ofNanos(Long.parseLong(line.group(3)) * 1_000));
    }

    double perSecond() {
        return requests * 1e9 / duration.toNanos();
    }
}
