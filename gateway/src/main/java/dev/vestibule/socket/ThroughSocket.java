package dev.vestibule.socket;

import dev.vestibule.connection.Connections;
import dev.vestibule.policy.Caller;
import dev.vestibule.policy.RouteClass;
import dev.vestibule.proxy.ForwardRules;
import dev.vestibule.proxy.ForwardRules.OnBehalf;
import dev.vestibule.proxy.SocketRequest;
import dev.vestibule.proxy.SocketRequest.SocketKind;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.TimeUnit;

/// A websocket that passes as it is, for a caller whom the policy has let in: an add-on's page, for
/// example. Bytes go both ways unread, and the whole is cut with the caller's connections.
final class ThroughSocket {

    private static final Logger LOG = LoggerFactory.getLogger(ThroughSocket.class);

    /// For what one side has sent to reach the other when the first has gone.
    private static final int CLOSING_SECONDS_MAX = 30;

    private final SocketHome home;
    private final ForwardRules rules;
    private final SocketRequest request;
    private final Caller caller;
    private final RouteClass route;
    private final Channel client;
    private Connections.@Nullable Registration registration;
    private @Nullable Channel upstream;

    ThroughSocket(
            SocketHome home, ForwardRules rules, SocketRequest request, SocketKind.Through kind) {
        this.home = home;
        this.rules = rules;
        this.request = request;
        this.caller = kind.caller();
        this.route = kind.route();
        this.client = request.channel();
    }

    /// @param openMax how much a session or grant, or a network where there is none, may have open
    void begin(int openMax) {
        client.config().setAutoRead(false);
        Connections connections = caller.connections(home.unowned(), request.client());
        if (connections.count() >= openMax) {
            answer(HttpResponseStatus.SERVICE_UNAVAILABLE);
            return;
        }
        // Registers first and looks afterwards: an end that comes in between cuts this connection,
        // or is seen here.
        registration = connections.register(_ -> onCut());
        client.closeFuture().addListener(_ -> onClientGone());
        if (caller.isHeld() || home.isLeft()) {
            answer(HttpResponseStatus.SERVICE_UNAVAILABLE);
            release();
        } else if (connections.isLive()) {
            connect();
        }
    }

    private void onCut() {
        client.eventLoop().execute(this::close);
    }

    /// Registered until nothing can pass any more, and no longer: a client may go at any step, and
    /// nobody but the channel itself sees all of them.
    private void onClientGone() {
        Channel there = upstream;
        if (there == null) {
            leave();
        } else {
            there.closeFuture().addListener(_ -> leave());
        }
    }

    private void connect() {
        HttpHeaders sent = request.head().headers();
        HttpHeaders headers =
                rules.toUpstream(
                        sent,
                        new OnBehalf(
                                request.origin(),
                                request.client(),
                                home.namesClient().getAsBoolean(),
                                route));
        for (String name :
                List.of(
                        "sec-websocket-key",
                        "sec-websocket-version",
                        "sec-websocket-protocol",
                        "sec-websocket-extensions")) {
            if (sent.contains(name)) {
                headers.set(name, sent.getAll(name));
            }
        }
        UpstreamHandshake.begin(
                client,
                home.address(),
                request.target().pathAndQuery(),
                headers,
                new UpstreamHandshake.Outcome() {
                    @Override
                    public boolean isWanted() {
                        return client.isActive();
                    }

                    @Override
                    public ChannelHandler opened(Channel channel, HttpHeaders answer) {
                        return onOpened(channel, answer);
                    }

                    @Override
                    public void failed(String reason) {
                        onFailed(reason);
                    }
                });
    }

    private ChannelHandler onOpened(Channel channel, HttpHeaders answer) {
        upstream = channel;
        if (!client.isActive()) {
            close();
            return new ChannelInboundHandlerAdapter();
        }
        ServerHandshake.passOn(request, answer, new Piping(channel));
        client.config().setAutoRead(true);
        return new Piping(client);
    }

    private void onFailed(String reason) {
        LOG.warn("event=socket-upstream-away request={} reason={}", request.id(), reason);
        answer(HttpResponseStatus.BAD_GATEWAY);
        release();
    }

    private void answer(HttpResponseStatus status) {
        DefaultFullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, 0)
                .set(HttpHeaderNames.CONNECTION, "close");
        client.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    private void close() {
        var _ = client.close();
        release();
    }

    private void leave() {
        if (registration != null) {
            registration.close();
            registration = null;
        }
    }

    private void release() {
        leave();
        if (upstream != null) {
            var _ = upstream.close();
        }
    }

    /// Writes what one side sends to the other, and reads only while the other takes it.
    private static final class Piping extends ChannelInboundHandlerAdapter {
        private final Channel other;

        private Piping(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            var _ = other.writeAndFlush(bytes);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            other.config().setAutoRead(context.channel().isWritable());
            context.fireChannelWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            // Attack: a client that never reads would keep its connection for good.
            var _ = other.eventLoop().schedule(this::cutOff, CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
        }

        private void cutOff() {
            var _ = other.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
