package dev.vestibule.proxy;

import dev.vestibule.network.IpLiteral;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequestEncoder;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Opens connections to one Home Assistant, up to a limit. Safe to share between threads.
///
/// A name is looked up on a virtual thread, because the look-up may wait; the addresses that it
/// gives are tried one after the other.
final class UpstreamConnector {

    private static final int CONNECT_MILLIS_MAX = 5_000;

    private final Class<? extends Channel> channelClass;
    private final UpstreamAddress address;
    private final int connectionsMax;
    private final AtomicInteger count = new AtomicInteger();

    UpstreamConnector(
            Class<? extends Channel> channelClass, UpstreamAddress address, int connectionsMax) {
        this.channelClass = channelClass;
        this.address = address;
        this.connectionsMax = connectionsMax;
    }

    /// What became of an attempt; told on the event loop.
    interface Outcome {

        void connected(UpstreamConnection connection);

        void failed(UpstreamFailure failure);
    }

    void connect(EventLoop loop, UpstreamPool pool, Outcome outcome) {
        if (count.incrementAndGet() > connectionsMax) {
            count.decrementAndGet();
            outcome.failed(UpstreamFailure.BUSY);
            return;
        }
        Attempt attempt = new Attempt(loop, pool, outcome);
        IpLiteral.parse(address.host())
                .ifPresentOrElse(
                        literal -> attempt.tryNext(List.of(literal)),
                        () -> Thread.ofVirtual().name("name-look-up").start(attempt::lookUp));
    }

    /// One attempt, which holds its place in the count until it failed or its connection closed.
    private final class Attempt {
        private final EventLoop loop;
        private final UpstreamPool pool;
        private final Outcome outcome;

        Attempt(EventLoop loop, UpstreamPool pool, Outcome outcome) {
            this.loop = loop;
            this.pool = pool;
            this.outcome = outcome;
        }

        void lookUp() {
            try {
                List<InetAddress> found = List.of(InetAddress.getAllByName(address.host()));
                loop.execute(() -> tryNext(found));
            } catch (UnknownHostException unknown) {
                loop.execute(this::giveUp);
            }
        }

        void tryNext(List<InetAddress> addresses) {
            if (addresses.isEmpty()) {
                giveUp();
                return;
            }
            StrictResponseDecoder decoder = new StrictResponseDecoder();
            ChannelFuture connecting =
                    bootstrap(decoder)
                            .connect(new InetSocketAddress(addresses.getFirst(), address.port()));
            connecting.addListener(
                    _ -> {
                        if (connecting.isSuccess()) {
                            succeed(connecting.channel(), decoder);
                        } else {
                            tryNext(addresses.subList(1, addresses.size()));
                        }
                    });
        }

        private Bootstrap bootstrap(StrictResponseDecoder decoder) {
            return new Bootstrap()
                    .group(loop)
                    .channel(channelClass)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.SO_KEEPALIVE, true)
                    .handler(
                            new ChannelInitializer<>() {
                                @Override
                                protected void initChannel(Channel channel) {
                                    UpstreamTls.encrypt(channel, address);
                                    channel.pipeline().addLast(new HttpRequestEncoder(), decoder);
                                }
                            });
        }

        private void succeed(Channel channel, StrictResponseDecoder decoder) {
            channel.closeFuture().addListener(_ -> count.decrementAndGet());
            UpstreamConnection connection = new UpstreamConnection(pool, channel, decoder);
            channel.pipeline().addLast(connection);
            outcome.connected(connection);
        }

        private void giveUp() {
            count.decrementAndGet();
            outcome.failed(UpstreamFailure.UNREACHABLE);
        }
    }
}
