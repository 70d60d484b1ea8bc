package dev.vestibule.network;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Counts how often something was done for a key in a window of time that begins with the first.
/// Safe to share between threads; never waits.
///
/// @param <K> what is counted apart
public final class WindowCounter<K> {

    private static final int KEYS_MAX = 50_000;

    private final InstantSource time;
    private final Duration window;
    private final Cache<K, Window> windows;

    public WindowCounter(InstantSource time, Duration window) {
        this.time = time;
        this.window = window;
        this.windows =
                Caffeine.newBuilder()
                        .maximumSize(KEYS_MAX)
                        .expireAfterAccess(window.multipliedBy(2))
                        .build();
    }

    private record Window(Instant start, int count) {}

    /// Counts once.
    ///
    /// @return false where the key has had its share of the window
    public boolean tryTake(K key, int max) {
        Instant now = time.instant();
        return windows.asMap().compute(key, (_, before) -> counted(before, max, now)).count()
                <= max;
    }

    private Window counted(@Nullable Window before, int max, Instant now) {
        if (before == null || !before.start().plus(window).isAfter(now)) {
            return new Window(now, 1);
        }
        return new Window(before.start(), Math.min(before.count() + 1, max + 1));
    }
}
