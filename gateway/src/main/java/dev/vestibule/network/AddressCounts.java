package dev.vestibule.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/// Counts what each address has open at once, an IPv6 /64 as one. Safe to share between threads.
public final class AddressCounts {

    private static final int IPV6_NETWORK_BITS = 64;
    private static final int IPV4_BITS = 32;

    private final int max;
    private final Map<Cidr, Integer> open = new HashMap<>();

    public AddressCounts(int max) {
        this.max = max;
    }

    /// @return false where the address has as many open as one may have
    public boolean tryEnter(InetAddress address) {
        Cidr network = network(address);
        synchronized (open) {
            int count = open.getOrDefault(network, 0);
            if (count >= max) {
                return false;
            }
            open.put(network, count + 1);
            return true;
        }
    }

    /// Only after [#tryEnter] was true.
    public void leave(InetAddress address) {
        synchronized (open) {
            open.computeIfPresent(network(address), (_, count) -> count > 1 ? count - 1 : null);
        }
    }

    private static Cidr network(InetAddress address) {
        return Cidr.around(
                address, address instanceof Inet6Address ? IPV6_NETWORK_BITS : IPV4_BITS);
    }
}
