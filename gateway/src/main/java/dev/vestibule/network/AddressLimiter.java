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
/// addresses of its /64, so that whole network counts as one; and whoever was given a /48 can
/// choose among 65,536 of those, so a /48 counts as [#SITE_SHARES] of them. Safe to share between
/// threads; never waits.
public final class AddressLimiter {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ADDRESSES_MAX = 50_000;
    private static final int IPV6_NETWORK_BITS = 64;
    private static final int IPV6_SITE_BITS = 48;
    private static final int SITE_SHARES = 8;

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
        InetAddress address = client.accountable();
        return address instanceof Inet6Address
                ? tryTake(Cidr.around(address, IPV6_NETWORK_BITS), timesPerMinute, now)
                        && tryTake(
                                Cidr.around(address, IPV6_SITE_BITS),
                                Math.multiplyExact(timesPerMinute, SITE_SHARES),
                                now)
                : tryTake(Cidr.around(address, 32), timesPerMinute, now);
    }

    private boolean tryTake(Cidr network, int max, Instant now) {
        return windows.asMap().compute(network, (_, window) -> counted(window, max, now)).count()
                <= max;
    }

    private static Window counted(@Nullable Window window, int max, Instant now) {
        if (window == null || !window.start().plus(WINDOW).isAfter(now)) {
            return new Window(now, 1);
        }
        return new Window(window.start(), Math.min(window.count() + 1, max + 1));
    }
}
