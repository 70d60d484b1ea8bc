package dev.vestibule.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The one [Connections] of each session or grant in this process. Safe to share between threads.
///
/// As long as anybody holds it, the same id gives the same object. What has ended is remembered
/// long enough that a reader who found the row just before it was deleted still gets the ended one.
///
/// @param <K> the id of a session or grant
public final class ConnectionRegistry<K> {

    private static final Duration ENDED_REMEMBERED = Duration.ofHours(1);

    private final Cache<K, Connections> live = Caffeine.newBuilder().weakValues().build();
    private final Cache<K, Connections> ended =
            Caffeine.newBuilder().expireAfterWrite(ENDED_REMEMBERED).build();

    public Connections of(K id) {
        return live.get(id, _ -> new Connections());
    }

    /// Those that have something open.
    public List<K> open() {
        return live.asMap().entrySet().stream()
                .filter(entry -> entry.getValue().count() > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Ends the connections of an id, now and for whoever asks for them later.
    public void end(K id, Cut reason) {
        Connections connections = of(id);
        ended.put(id, connections);
        connections.end(reason);
    }
}
