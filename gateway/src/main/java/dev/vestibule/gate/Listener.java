package dev.vestibule.gate;

import dev.vestibule.config.ListenConfig;
import dev.vestibule.proxy.EventLoops;
import dev.vestibule.tls.ServerTls;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The open port. Every connection that it accepts goes through the door. Whoever opened it closes
/// it, before the event loops.
public final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 1_024;
    private static final int CLOSING_SECONDS_MAX = 5;

    /// One address gets this part of all connections at most (attack: one machine takes them all).
    private static final int ONE_ADDRESS_OF = 4;

    /// Twice what an idle connection of HTTP/2 over TLS takes of the heap, as measured.
    private static final int ENCRYPTED_BYTES = 32 * 1024;

    private static final String EVERY_ADDRESS = "::";
    private static final String EVERY_V4_ADDRESS = "0.0.0.0";

    private final Channel port;
    private final ChannelGroup connections;

    private Listener(Channel port, ChannelGroup connections) {
        this.port = port;
        this.connections = connections;
    }

    /// Opens the port. `::` takes IPv4 as well, and only IPv4 on a machine without IPv6.
    ///
    /// @param connectionsMax more than that are closed as they come
    /// @throws PortUnavailable where the port cannot be had
    public static Listener open(
            EventLoops loops, ListenConfig listen, int connectionsMax, Door door) {
        return open(loops, listen, limits(connectionsMax, door), door);
    }

    /// As [#open(EventLoops, ListenConfig, int, Door)], for TLS and nothing else.
    public static Listener openEncrypted(
            EventLoops loops, ListenConfig listen, int connectionsMax, Door door, ServerTls tls) {
        int fitting = encryptedMax(connectionsMax, Runtime.getRuntime().maxMemory());
        return openEncrypted(loops, listen, limits(fitting, door), door, tls);
    }

    /// As many as are allowed, and no more than fit a half of the heap (attack: connections from
    /// everywhere, each of which costs its client nothing).
    static int encryptedMax(int connectionsMax, long heapBytesMax) {
        return (int) Math.min(connectionsMax, Math.max(heapBytesMax / ENCRYPTED_BYTES, 1));
    }

    private static Limits limits(int connectionsMax, Door door) {
        return new Limits(
                connectionsMax,
                Math.max(connectionsMax / ONE_ADDRESS_OF, 1),
                peer -> peer.isLoopbackAddress() || door.isProxy(peer),
                new HeldBytes(HeldBytes.MAX),
                Deadlines.DEFAULT);
    }

    /// How many connections, how much of them is kept in memory, and how slow they may be.
    ///
    /// @param ofAddressMax connections from one address
    /// @param speaksForMany addresses to which that does not apply: listed proxies, and whatever
    ///   runs on this machine, which most likely is one
    record Limits(
            int connectionsMax,
            int ofAddressMax,
            Predicate<InetAddress> speaksForMany,
            HeldBytes held,
            Deadlines deadlines) {}

    static Listener open(EventLoops loops, ListenConfig listen, Limits limits, Door door) {
        return open(
                loops,
                listen,
                new Places(limits),
                channel -> ClientConnection.welcome(door, limits, Transport.PLAIN, channel));
    }

    static Listener openEncrypted(
            EventLoops loops, ListenConfig listen, Limits limits, Door door, ServerTls tls) {
        Places places = new Places(limits);
        return open(
                loops,
                listen,
                places,
                channel -> Encrypted.welcome(tls, door, limits, places, channel));
    }

    private static Listener open(
            EventLoops loops, ListenConfig listen, Places places, Consumer<Channel> welcome) {
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.serverChannel())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childHandler(new Reception(welcome, connections, places));
        ChannelFuture bound = bind(bootstrap, listen.address(), listen.port());
        if (!bound.isSuccess() && listen.address().equals(EVERY_ADDRESS)) {
            bound = bind(bootstrap, EVERY_V4_ADDRESS, listen.port());
        }
        if (!bound.isSuccess()) {
            throw new PortUnavailable(listen, bound.cause());
        }
        LOG.info("event=listening address={}", bound.channel().localAddress());
        return new Listener(bound.channel(), connections);
    }

    private static ChannelFuture bind(ServerBootstrap bootstrap, String address, int port) {
        return bootstrap.bind(new InetSocketAddress(address, port)).awaitUninterruptibly();
    }

    /// The port that was opened, which the system chose where 0 was configured.
    public int port() {
        return ((InetSocketAddress) port.localAddress()).getPort();
    }

    /// How many connections are open.
    public int connectionCount() {
        return connections.size();
    }

    @Override
    public void close() {
        port.close().awaitUninterruptibly(CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /// Sets up each new connection, or turns it away.
    private static final class Reception extends ChannelInitializer<Channel> {
        private final Consumer<Channel> welcome;
        private final ChannelGroup connections;
        private final Places places;

        Reception(Consumer<Channel> welcome, ChannelGroup connections, Places places) {
            this.welcome = welcome;
            this.connections = connections;
            this.places = places;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (places.tryTake(channel)) {
                connections.add(channel);
                welcome.accept(channel);
            } else {
                var _ = channel.close();
            }
        }
    }
}
