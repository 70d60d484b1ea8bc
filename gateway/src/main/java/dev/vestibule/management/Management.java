package dev.vestibule.management;

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
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// The port at which machines ask. Whoever opened it closes it, before the event loops.
public final class Management implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Management.class);
    private static final int BACKLOG = 64;
    private static final int CHUNK_BYTES = 1024;
    private static final int CLOSING_SECONDS_MAX = 5;

    private final Channel port;
    private final ChannelGroup connections;

    private Management(Channel port, ChannelGroup connections) {
        this.port = port;
        this.connections = connections;
    }

    /// @throws ManagementUnavailable where the port cannot be had
    public static Management open(EventLoops loops, ListenAddress at, Desk desk) {
        return open(loops, at, desk, Limits.DEFAULT);
    }

    static Management open(EventLoops loops, ListenAddress at, Desk desk, Limits limits) {
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
                                        welcome(channel, connections, at, desk, limits);
                                    }
                                })
                        .bind(new InetSocketAddress(at.address(), at.port()))
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ManagementUnavailable(at, bound.cause());
        }
        LOG.info("event=management-listening address={}", bound.channel().localAddress());
        return new Management(bound.channel(), connections);
    }

    private static void welcome(
            Channel channel, ChannelGroup connections, ListenAddress at, Desk desk, Limits limits) {
        if (connections.size() >= limits.connections()) {
            var _ = channel.close();
            return;
        }
        connections.add(channel);
        channel.pipeline()
                .addLast(
                        new HttpServerCodec(
                                new HttpDecoderConfig()
                                        .setMaxInitialLineLength(limits.lineBytes())
                                        .setMaxHeaderSize(limits.headBytes())
                                        .setMaxChunkSize(CHUNK_BYTES)),
                        new ManagementConnection(desk, at.isLoopback(), limits.time()));
    }

    /// The port that was opened, which the system chose where 0 was configured.
    public int port() {
        return ((InetSocketAddress) port.localAddress()).getPort();
    }

    @Override
    public void close() {
        port.close().awaitUninterruptibly(CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
