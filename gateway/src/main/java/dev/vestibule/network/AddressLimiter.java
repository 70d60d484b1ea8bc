package dev.vestibule.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;

/// Counts how often an address may do something in a minute. An IPv6 client can choose among the
/// addresses of its /64, so that whole network counts as one; and whoever was given a /48 can
/// choose among 65,536 of those, so a /48 counts as [#SITE_SHARES] of them. Safe to share between
/// threads; never waits.
public final class AddressLimiter {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int IPV6_NETWORK_BITS = 64;
    private static final int IPV6_SITE_BITS = 48;
    private static final int SITE_SHARES = 8;

    private final int timesPerMinute;
    private final WindowCounter<Cidr> windows;

    public AddressLimiter(InstantSource time, int timesPerMinute) {
        this.timesPerMinute = timesPerMinute;
        this.windows = new WindowCounter<>(time, WINDOW);
    }

    /// The network of an address that counts as one client.
    public static Cidr networkOf(InetAddress address) {
        return Cidr.around(address, address instanceof Inet6Address ? IPV6_NETWORK_BITS : 32);
    }

    /// Counts once.
    ///
    /// @return false where the address has had its share of this minute
    public boolean tryTake(ClientAddress client) {
        InetAddress address = client.accountable();
        return windows.tryTake(networkOf(address), timesPerMinute)
                && (!(address instanceof Inet6Address)
                        || windows.tryTake(
                                Cidr.around(address, IPV6_SITE_BITS),
                                Math.multiplyExact(timesPerMinute, SITE_SHARES)));
    }
}
