package dev.vestibule.benchmarks;

import java.time.Duration;

/// What one contender did in one turn.
///
/// @param processorMicros its processor time for one request or message, in microseconds
/// @param perSecond requests or messages in a second of real time
record Turn(double processorMicros, double perSecond) {

    static Turn of(Duration processorTime, long count, double perSecond) {
        return new Turn(processorTime.toNanos() / 1e3 / count, perSecond);
    }
}
