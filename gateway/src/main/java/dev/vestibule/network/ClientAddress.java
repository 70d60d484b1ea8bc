package dev.vestibule.network;

import java.net.InetAddress;

/// Where a request comes from, as far as it can be believed.
public sealed interface ClientAddress {

    /// The address of the peer, or of the client that a trusted proxy named.
    record Known(InetAddress address) implements ClientAddress {
        @Override
        public String toString() {
            return address.getHostAddress();
        }
    }

    /// A peer that is no listed proxy sent a forwarding header: who is behind it cannot be known,
    /// so no network rule matches. The peer itself is kept for limits and the audit log.
    record Unknown(InetAddress peer) implements ClientAddress {
        @Override
        public String toString() {
            return "unknown (via " + peer.getHostAddress() + ")";
        }
    }

    /// The address that limits and audit lines count: the client's where it is known, else the
    /// peer's.
    default InetAddress accountable() {
        return switch (this) {
            case Known(var address) -> address;
            case Unknown(var peer) -> peer;
        };
    }
}
