package dev.vestibule.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// A port of this machine at which others connect, and the connections that are open there. Whoever
/// opened it closes it, before the event loops. Safe to share between threads.
public final class OpenPort implements AutoCloseable {

    private static final int CLOSING_SECONDS_MAX = 5;

    private final Channel port;
    private final ChannelGroup connections;

    private OpenPort(Channel port, ChannelGroup connections) {
        this.port = port;
        this.connections = connections;
    }

    /// Sets up a connection that came, on its event loop.
    @FunctionalInterface
    public interface Reception {

        /// @param open how many others are open at this port
        /// @return false where there is no room for it; then it is closed
        boolean receive(Channel connection, int open);
    }

    /// @param backlog how many connections the system keeps before they are received
    /// @throws IOException where the port cannot be had
    public static OpenPort open(
            EventLoops loops, InetSocketAddress at, int backlog, Reception reception)
            throws IOException {
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.serverChannel())
                        .option(ChannelOption.SO_BACKLOG, backlog)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childHandler(new Receiving(reception, connections))
                        .bind(at)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        return new OpenPort(bound.channel(), connections);
    }

    private static final class Receiving extends ChannelInitializer<Channel> {
        private final Reception reception;
        private final ChannelGroup connections;

        Receiving(Reception reception, ChannelGroup connections) {
            this.reception = reception;
            this.connections = connections;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (reception.receive(channel, connections.size())) {
                connections.add(channel);
            } else {
                var _ = channel.close();
            }
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) port.localAddress();
    }

    /// The port that was opened, which the system chose where 0 was asked for.
    public int number() {
        return address().getPort();
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
}
