package dev.vestibule.network;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Counts how often an address may do something in a minute. An IPv6 client can choose among the
/// addresses of its /64, so that whole network counts as one. Safe to share between threads; never
/// waits.
public final class AddressLimiter {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ADDRESSES_MAX = 50_000;
    private static final int IPV6_NETWORK_BITS = 64;

    private final InstantSource time;
    private final int timesPerMinute;
    private final Cache<Cidr, Window> windows =
            Caffeine.newBuilder()
                    .maximumSize(ADDRESSES_MAX)
                    .expireAfterAccess(WINDOW.multipliedBy(2))
                    .build();

    public AddressLimiter(InstantSource time, int timesPerMinute) {
        this.time = time;
        this.timesPerMinute = timesPerMinute;
    }

    private record Window(Instant start, int count) {}

    /// Counts once.
    ///
    /// @return false where the address has had its share of this minute
    public boolean tryTake(ClientAddress client) {
        Instant now = time.instant();
        return windows.asMap()
                        .compute(network(client.accountable()), (_, window) -> counted(window, now))
                        .count()
                <= timesPerMinute;
    }

    private Window counted(@Nullable Window window, Instant now) {
        if (window == null || !window.start().plus(WINDOW).isAfter(now)) {
            return new Window(now, 1);
        }
        int count = Math.min(window.count() + 1, timesPerMinute + 1);
        return new Window(window.start(), count);
    }

    private static Cidr network(InetAddress address) {
        int bits = address instanceof Inet6Address ? IPV6_NETWORK_BITS : 32;
        return Cidr.around(address, bits);
    }
}
