package dev.vestibule.proxy;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The few threads that move all bytes, in both directions. Nothing may wait on them. Native epoll
/// where the machine has it. Whoever made it closes it, last.
public final class EventLoops implements AutoCloseable {

    private static final int CLOSING_SECONDS_MAX = 5;

    private final boolean isEpoll;
    private final MultiThreadIoEventLoopGroup group;

    public EventLoops(int threads) {
        this(threads, Epoll.isAvailable());
    }

    EventLoops(int threads, boolean isEpoll) {
        this.isEpoll = isEpoll;
        IoHandlerFactory io = isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(threads, io);
    }

    public MultiThreadIoEventLoopGroup group() {
        return group;
    }

    public List<EventLoop> all() {
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor executor : group) {
            loops.add((EventLoop) executor);
        }
        return List.copyOf(loops);
    }

    public Class<? extends ServerChannel> serverChannel() {
        return isEpoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    public Class<? extends SocketChannel> clientChannel() {
        return isEpoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSING_SECONDS_MAX, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
