package dev.vestibule.gate;

import dev.vestibule.network.AddressCounts;

import io.netty.channel.Channel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/// Room for so many connections, and for so many of one address. A stream of HTTP/2 takes as much
/// as a connection, because it can do as much (attack: a hundred streams for the price of one
/// connection). Safe to share between threads.
final class Places {

    private final Listener.Limits limits;
    private final AtomicInteger taken = new AtomicInteger();
    private final AddressCounts ofAddress;

    Places(Listener.Limits limits) {
        this.limits = limits;
        this.ofAddress = new AddressCounts(limits.ofAddressMax());
    }

    /// Takes a place until the channel closes.
    ///
    /// @return false where there is none; the caller closes the channel
    boolean tryTake(Channel channel) {
        if (taken.incrementAndGet() > limits.connectionsMax()) {
            taken.decrementAndGet();
            return false;
        }
        channel.closeFuture().addListener(_ -> taken.decrementAndGet());
        if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
            return false;
        }
        InetAddress address = peer.getAddress();
        if (limits.speaksForMany().test(address)) {
            return true;
        }
        boolean isIn = ofAddress.tryEnter(address);
        if (isIn) {
            channel.closeFuture().addListener(_ -> ofAddress.leave(address));
        }
        return isIn;
    }
}
