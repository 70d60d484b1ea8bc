package dev.vestibule.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// What Home Assistant does not have, remembered for a short while and bounded: the oldest is
/// forgotten first. Safe to share between threads.
final class Absences {

    private final int max;
    private final Duration lifetime;
    private final Map<String, Instant> since = new LinkedHashMap<>();

    Absences(int max, Duration lifetime) {
        this.max = max;
        this.lifetime = lifetime;
    }

    synchronized void add(String path, Instant now) {
        since.remove(path);
        since.put(path, now);
        if (since.size() > max) {
            since.remove(since.keySet().iterator().next());
        }
    }

    synchronized boolean contains(String path, Instant now) {
        Instant begin = since.get(path);
        return begin != null && Freshness.isWithin(begin, lifetime, now);
    }

    synchronized void clear() {
        since.clear();
    }
}
