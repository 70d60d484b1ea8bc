package dev.vestibule.adoption;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.grant.GrantId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Counts how often may be asked about tokens that name a live grant, apart from all others. Safe
/// to share between threads; never waits.
///
/// Attack: somebody floods the gateway with made-up tokens from the address that a voice assistant
/// has too, or from a proxy's, so that nobody asks any more about the assistant's own token after a
/// restart. Whoever does not know the grant's id cannot use its share up.
final class GrantShares {

    private static final int PER_MINUTE = 6;
    private static final int GRANTS_MAX = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource time;
    private final Cache<GrantId, Window> windows =
            Caffeine.newBuilder()
                    .maximumSize(GRANTS_MAX)
                    .expireAfterAccess(WINDOW.multipliedBy(2))
                    .build();

    GrantShares(InstantSource time) {
        this.time = time;
    }

    private record Window(Instant start, int count) {}

    /// Counts once.
    ///
    /// @return false where the grant has had its share of this minute
    boolean tryTake(GrantId grant) {
        Instant now = time.instant();
        return windows.asMap().compute(grant, (_, window) -> counted(window, now)).count()
                <= PER_MINUTE;
    }

    private static Window counted(@Nullable Window window, Instant now) {
        return window == null || !window.start().plus(WINDOW).isAfter(now)
                ? new Window(now, 1)
                : new Window(window.start(), Math.min(window.count() + 1, PER_MINUTE + 1));
    }
}
