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
    private final Map<String, Instant> until = new LinkedHashMap<>();

    Absences(int max, Duration lifetime) {
        this.max = max;
        this.lifetime = lifetime;
    }

    synchronized void add(String path, Instant now) {
        until.remove(path);
        until.put(path, now.plus(lifetime));
        if (until.size() > max) {
            until.remove(until.keySet().iterator().next());
        }
    }

    synchronized boolean contains(String path, Instant now) {
        Instant end = until.get(path);
        return end != null && now.isBefore(end);
    }

    synchronized void clear() {
        until.clear();
    }
}
