package dev.vestibule.firstrun;

import dev.vestibule.config.ListenAddress;
import dev.vestibule.proxy.EventLoops;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// The open port: one request for each connection, which then ends. Whoever opened it closes it.
final class FirstRunPort implements AutoCloseable {

    private static final int BACKLOG = 64;

    /// One browser opens six at once.
    private static final int CONNECTIONS_MAX = 64;

    /// Providers' answers come back in the address line.
    private static final int LINE_BYTES_MAX = 16 * 1024;

    private static final int HEAD_BYTES_MAX = 16 * 1024;
    private static final int BODY_BYTES_MAX = 32 * 1024;
    private static final int CLOSING_SECONDS_MAX = 5;

    private final EventLoops loops;
    private final Channel port;
    private final ChannelGroup connections;

    private FirstRunPort(EventLoops loops, Channel port, ChannelGroup connections) {
        this.loops = loops;
        this.port = port;
        this.connections = connections;
    }

    /// @throws FirstRunUnavailable where the port cannot be had
    static FirstRunPort open(ListenAddress at, FirstRunDoor door) {
        EventLoops loops = new EventLoops(1);
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.serverChannel())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        welcome(channel, connections, door);
                                    }
                                })
                        .bind(new InetSocketAddress(at.address(), at.port()))
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.close();
            throw new FirstRunUnavailable(at, bound.cause());
        }
        return new FirstRunPort(loops, bound.channel(), connections);
    }

    private static void welcome(Channel channel, ChannelGroup connections, FirstRunDoor door) {
        if (connections.size() >= CONNECTIONS_MAX) {
            var _ = channel.close();
            return;
        }
        connections.add(channel);
        channel.pipeline()
                .addLast(
                        new HttpServerCodec(
                                new HttpDecoderConfig()
                                        .setMaxInitialLineLength(LINE_BYTES_MAX)
                                        .setMaxHeaderSize(HEAD_BYTES_MAX)),
                        new HttpObjectAggregator(BODY_BYTES_MAX, true),
                        new FirstRunConnection(door));
    }

    /// The port that was opened, which the system chose where 0 was configured.
    int number() {
        return ((InetSocketAddress) port.localAddress()).getPort();
    }

    @Override
    public void close() {
        port.close().awaitUninterruptibly(CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
        loops.close();
    }
}
