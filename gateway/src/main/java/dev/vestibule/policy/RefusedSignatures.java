package dev.vestibule.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.network.ClientAddress;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How many signatures that named a live grant Home Assistant refused, by address. The key is Home
/// Assistant's, so it alone can tell a forged one; who sends many of them is not passed on for a
/// while. Safe to share between threads; never waits.
final class RefusedSignatures {

    /// More than a page of pictures whose signatures a restart of Home Assistant has ended.
    static final int PER_MINUTE_MAX = 60;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ADDRESSES_MAX = 10_000;

    private record Window(Instant start, int count) {}

    private final InstantSource time;
    private final Cache<InetAddress, Window> windows =
            Caffeine.newBuilder()
                    .maximumSize(ADDRESSES_MAX)
                    .expireAfterAccess(WINDOW.multipliedBy(2))
                    .build();

    RefusedSignatures(InstantSource time) {
        this.time = time;
    }

    void add(ClientAddress client) {
        Instant now = time.instant();
        windows.asMap()
                .merge(
                        client.accountable(),
                        new Window(now, 1),
                        (old, fresh) ->
                                isRunning(old, now)
                                        ? new Window(old.start(), old.count() + 1)
                                        : fresh);
    }

    boolean areTooMany(ClientAddress client) {
        Window window = windows.getIfPresent(client.accountable());
        return window != null
                && window.count() >= PER_MINUTE_MAX
                && isRunning(window, time.instant());
    }

    private static boolean isRunning(Window window, Instant now) {
        return window.start().plus(WINDOW).isAfter(now);
    }
}
