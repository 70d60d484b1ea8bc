package dev.vestibule.testhouse.home;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// One loopback port, from opening to closing.
final class Listener implements AutoCloseable {

    /// As the original's: a line of 24,570 bytes is the longest that is read.
    private static final int LINE_BYTES_MAX = 24_570;

    private static final int BINDS_MAX = 100;
    private static final Duration BIND_PAUSE = Duration.ofMillis(50);

    private final Channel door;
    private final ChannelGroup connections;

    private Listener(Channel door, ChannelGroup connections) {
        this.door = door;
        this.connections = connections;
    }

    static Listener open(int port, Server server, Encryption encryption) {
        var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        var bootstrap =
                new ServerBootstrap()
                        .group(server.loop().group())
                        .channel(NioServerSocketChannel.class)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        connections.add(channel);
                                        fill(channel, server, encryption);
                                    }
                                });
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new Listener(bind(bootstrap, address), connections);
    }

    /// A port that this process has just closed stays taken until the selector that watched it has
    /// turned once more: whoever starts again at once must ask more than once.
    private static Channel bind(ServerBootstrap bootstrap, InetSocketAddress address) {
        for (int attempt = 1; ; attempt++) {
            var bound = bootstrap.bind(address).awaitUninterruptibly();
            if (bound.isSuccess()) {
                return bound.channel();
            }
            if (attempt == BINDS_MAX) {
                throw new IllegalStateException("no port at " + address, bound.cause());
            }
            LockSupport.parkNanos(BIND_PAUSE.toNanos());
        }
    }

    private static void fill(SocketChannel channel, Server server, Encryption encryption) {
        if (server.faults().isRefusing()) {
            var _ = channel.config().setSoLinger(0);
            var _ = channel.close();
            return;
        }
        var decoding =
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(LINE_BYTES_MAX)
                        .setMaxHeaderSize(4 * LINE_BYTES_MAX);
        encryption.addTo(channel);
        channel.pipeline()
                .addLast(new Recorder(server.record()))
                .addLast(new HttpServerCodec(decoding))
                .addLast(new HttpConnection(server, channel));
    }

    int port() {
        return ((InetSocketAddress) door.localAddress()).getPort();
    }

    @Override
    public void close() {
        door.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
    }
}
