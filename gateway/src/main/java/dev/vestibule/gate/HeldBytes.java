package dev.vestibule.gate;

import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.Cidr;

import io.netty.channel.Channel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/// How many bytes of unfinished heads, of requests that wait for their turn, and of answers that
/// wait for their client, all connections hold together (attack: thousands of connections that each
/// send most of a large head). The first few kilobytes of each connection are free, which is more
/// than real heads have. Safe to share between threads.
///
/// Once all is taken, whoever holds more than an even part of it gets no more, and whoever holds
/// less still does (attack: one machine takes it all, and nobody else gets a page). The even parts
/// of those who come one after the other are a harmonic series: ten thousand networks hold ten
/// times the whole, at the very most.
final class HeldBytes {

    static final int FREE = 4 * 1024;

    /// A quarter of the memory that sockets have.
    static final int MAX = 16 * 1024 * 1024;

    private final int max;
    private final Map<Cidr, Integer> ofNetworks = new HashMap<>();
    private int left;

    HeldBytes(int max) {
        this.max = max;
        this.left = max;
    }

    /// For a connection, or a stream of one.
    Holding by(Channel channel) {
        return by(((InetSocketAddress) channel.remoteAddress()).getAddress());
    }

    /// @param address of whoever is accountable for what is held
    Holding by(InetAddress address) {
        return new Holding(AddressLimiter.networkOf(address));
    }

    synchronized int left() {
        return left;
    }

    /// @return false where the network has more than there is for it
    private synchronized boolean add(Cidr network, int bytes) {
        left -= bytes;
        int own = ofNetworks.getOrDefault(network, 0) + bytes;
        if (own == 0) {
            ofNetworks.remove(network);
        } else {
            ofNetworks.put(network, own);
        }
        return left >= 0 || own <= max / Math.max(ofNetworks.size(), 1);
    }

    /// What one of them holds. For one thread.
    final class Holding {
        private final Cidr network;
        private int counted;

        private Holding(Cidr network) {
            this.network = network;
        }

        /// Counts what is held now instead of what was held before.
        ///
        /// @return false where that is more, and too much
        boolean change(int held) {
            int more = Math.max(0, held - FREE) - counted;
            counted += more;
            return more == 0 || add(network, more) || more < 0;
        }

        void letGo() {
            var _ = change(0);
        }
    }
}
