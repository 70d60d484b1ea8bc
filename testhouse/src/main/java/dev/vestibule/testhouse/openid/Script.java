package dev.vestibule.testhouse.openid;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the provider was told to do wrong at this moment. Safe to share between threads.
final class Script {

    private volatile List<Lie> lies = List.of();
    private final Map<Endpoint, Duration> delays = new ConcurrentHashMap<>();

    void lie(Lie... told) {
        lies = List.of(told);
    }

    /// The lie of one kind, if one is to be told.
    <L extends Lie> Optional<L> about(Class<L> kind) {
        return lies.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    boolean tells(Lie lie) {
        return lies.contains(lie);
    }

    void slow(Endpoint endpoint, Duration delay) {
        delays.put(endpoint, delay);
    }

    Duration delay(Endpoint endpoint) {
        return delays.getOrDefault(endpoint, Duration.ZERO);
    }
}
