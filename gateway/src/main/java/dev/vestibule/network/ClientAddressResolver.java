package dev.vestibule.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Decides where a request comes from. Trusts no proxy that is not listed; the default list is
/// empty. Immutable.
public final class ClientAddressResolver {

    /// More hops than any real chain has.
    static final int HOPS_MAX = 32;

    /// 32 of the longest literals, with commas and blanks.
    private static final int LENGTH_MAX = HOPS_MAX * 50;

    private final List<Cidr> trustedProxies;

    public ClientAddressResolver(List<Cidr> trustedProxies) {
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /// @param peer the other end of the TCP connection
    public ClientAddress resolve(InetAddress peer, ForwardingHeaders headers) {
        if (!isTrusted(peer)) {
            // Attack: a client writes the header itself, or reaches us through a proxy that the
            // operator forgot to list. Either way the peer is not known to be the client.
            return headers.isPresent()
                    ? new ClientAddress.Unknown(peer)
                    : new ClientAddress.Known(peer);
        }
        if (headers.isForwarded()) {
            // A proxy that appends to one header lets the client's own copy of the other through:
            // where both could speak, neither is believed.
            return new ClientAddress.Unknown(peer);
        }
        return lastUntrusted(headers.forwardedFor())
                .<ClientAddress>map(ClientAddress.Known::new)
                .orElseGet(() -> new ClientAddress.Unknown(peer));
    }

    /// Walks from the right, where the nearest proxy wrote, over the proxies that are trusted; what
    /// stands further left was written by somebody we cannot name. Empty where an entry on the way
    /// is no plain address, or where only proxies are named.
    private Optional<InetAddress> lastUntrusted(List<String> lines) {
        String all = String.join(",", lines);
        if (all.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String[] hops = all.split(",", -1);
        if (hops.length > HOPS_MAX) {
            return Optional.empty();
        }
        for (int i = hops.length - 1; i >= 0; i--) {
            Optional<InetAddress> hop = IpLiteral.parse(hops[i].strip());
            if (hop.isEmpty() || !isTrusted(hop.get())) {
                return hop;
            }
        }
        return Optional.empty();
    }

    /// Whether a peer is a listed proxy, which speaks for many clients.
    public boolean isTrusted(InetAddress address) {
        for (Cidr proxy : trustedProxies) {
            if (proxy.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
