package dev.vestibule.gate;

import dev.vestibule.config.ListenConfig;
import dev.vestibule.proxy.EventLoops;
import dev.vestibule.proxy.OpenPort;
import dev.vestibule.tls.ServerTls;

import io.netty.channel.Channel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The open port. Every connection that it accepts goes through the door. Whoever opened it closes
/// it, before the event loops.
public final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 1_024;

    /// One address gets this part of all connections at most (attack: one machine takes them all).
    private static final int ONE_ADDRESS_OF = 4;

    /// Twice what an idle connection of HTTP/2 over TLS takes of the heap, as measured.
    private static final int ENCRYPTED_BYTES = 32 * 1024;

    private static final String EVERY_ADDRESS = "::";
    private static final String EVERY_V4_ADDRESS = "0.0.0.0";

    private final OpenPort port;

    private Listener(OpenPort port) {
        this.port = port;
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
        OpenPort.Reception reception =
                (connection, _) -> {
                    boolean hasPlace = places.tryTake(connection);
                    if (hasPlace) {
                        welcome.accept(connection);
                    }
                    return hasPlace;
                };
        try {
            OpenPort port = bind(loops, listen, reception);
            LOG.info("event=listening address={}", port.address());
            return new Listener(port);
        } catch (IOException taken) {
            throw new PortUnavailable(listen, taken);
        }
    }

    private static OpenPort bind(
            EventLoops loops, ListenConfig listen, OpenPort.Reception reception)
            throws IOException {
        try {
            return bind(loops, listen.address(), listen.port(), reception);
        } catch (IOException taken) {
            if (listen.address().equals(EVERY_ADDRESS)) {
                return bind(loops, EVERY_V4_ADDRESS, listen.port(), reception);
            }
            throw taken;
        }
    }

    private static OpenPort bind(
            EventLoops loops, String address, int port, OpenPort.Reception reception)
            throws IOException {
        return OpenPort.open(loops, new InetSocketAddress(address, port), BACKLOG, reception);
    }

    /// The port that was opened, which the system chose where 0 was configured.
    public int port() {
        return port.number();
    }

    /// How many connections are open.
    public int connectionCount() {
        return port.connectionCount();
    }

    @Override
    public void close() {
        port.close();
    }
}
