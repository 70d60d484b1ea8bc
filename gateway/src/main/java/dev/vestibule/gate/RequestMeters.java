package dev.vestibule.gate;

import dev.vestibule.metric.Meters;
import dev.vestibule.metric.PairTally;
import dev.vestibule.metric.Timings;
import dev.vestibule.policy.RouteClass;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// Counts all requests of a gateway. Safe to share between threads.
public final class RequestMeters {

    private static final String ROUTE = "route";

    private static final List<Duration> BOUNDS =
            List.of(
                    Duration.ofMillis(5),
                    Duration.ofMillis(25),
                    Duration.ofMillis(100),
                    Duration.ofMillis(500),
                    Duration.ofMillis(2_500),
                    Duration.ofSeconds(10));

    private final PairTally<RouteClass, RequestOutcome> requests;
    private final Timings<RouteClass> durations;
    private final EnumMap<LiveKind, LongAdder> live = new EnumMap<>(LiveKind.class);

    public RequestMeters(Meters meters) {
        this.requests =
                meters.tally(
                        "vestibule.requests",
                        "Requests by class of the path and what became of them",
                        Map.entry(ROUTE, RouteClass.class),
                        Map.entry("outcome", RequestOutcome.class));
        this.durations =
                meters.timings(
                        "vestibule.answer",
                        "Time from the head of a request to the head of its answer",
                        ROUTE,
                        RouteClass.class,
                        BOUNDS);
        for (LiveKind kind : LiveKind.values()) {
            LongAdder count = new LongAdder();
            live.put(kind, count);
            meters.reading(
                    "vestibule.live.connections",
                    "Connections of clients that are busy, by what they are busy with",
                    "kind",
                    kind.name().toLowerCase(Locale.ROOT),
                    count::sum);
        }
    }

    void opened(LiveKind kind) {
        Objects.requireNonNull(live.get(kind)).increment();
    }

    void closed(LiveKind kind) {
        Objects.requireNonNull(live.get(kind)).decrement();
    }

    void count(RouteClass route, RequestOutcome outcome, long nanos) {
        requests.add(route, outcome);
        if (outcome != RequestOutcome.GONE) {
            durations.record(route, nanos);
        }
    }
}
