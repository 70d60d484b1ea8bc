package dev.vestibule.socket;

import dev.vestibule.network.IpLiteral;
import dev.vestibule.proxy.UpstreamAddress;
import dev.vestibule.proxy.UpstreamTls;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/// Opens a websocket to Home Assistant on the event loop of the client's channel, and says how that
/// went. The tunnel opens only on a 101 with the right `Sec-WebSocket-Accept` (attack: bytes sent
/// through a refused upgrade).
final class UpstreamHandshake extends ChannelInboundHandlerAdapter {

    private static final int CONNECT_MILLIS_MAX = 5_000;
    private static final int ANSWER_SECONDS_MAX = 10;
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final DefaultFullHttpRequest request;
    private final Outcome outcome;
    private @Nullable ScheduledFuture<?> limit;
    private @Nullable HttpHeaders accepted;
    private boolean isSettled;

    private UpstreamHandshake(DefaultFullHttpRequest request, Outcome outcome) {
        this.request = request;
        this.outcome = outcome;
    }

    /// Hears once how the handshake went, on the event loop.
    interface Outcome {

        /// Looked at before the first byte leaves: whether the client's access still holds.
        boolean isWanted();

        /// @param answer the headers of the 101
        /// @return what takes over the channel; bytes that came after the 101 are handed to it
        ChannelHandler opened(Channel upstream, HttpHeaders answer);

        void failed(String reason);
    }

    /// @param headers for Home Assistant; those of the upgrade are there but for `Upgrade` and
    ///   `Connection`
    static void begin(
            Channel client,
            UpstreamAddress address,
            String pathAndQuery,
            HttpHeaders headers,
            Outcome outcome) {
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.GET,
                        pathAndQuery,
                        io.netty.buffer.Unpooled.EMPTY_BUFFER,
                        headers.copy(),
                        new DefaultHttpHeaders());
        request.headers()
                .set(HttpHeaderNames.UPGRADE, "websocket")
                .set(HttpHeaderNames.CONNECTION, "Upgrade");
        UpstreamHandshake handshake = new UpstreamHandshake(request, outcome);
        IpLiteral.parse(address.host())
                .ifPresentOrElse(
                        literal -> handshake.connect(client, address, literal),
                        () ->
                                Thread.ofVirtual()
                                        .name("name-look-up")
                                        .start(() -> handshake.lookUp(client, address)));
    }

    /// A look-up may wait, so it does not happen on the event loop.
    private void lookUp(Channel client, UpstreamAddress address) {
        try {
            InetAddress found = InetAddress.getByName(address.host());
            client.eventLoop().execute(() -> connect(client, address, found));
        } catch (UnknownHostException unknown) {
            client.eventLoop().execute(() -> fail("Home Assistant's name is unknown"));
        }
    }

    private void connect(Channel client, UpstreamAddress address, InetAddress resolved) {
        if (!outcome.isWanted()) {
            settle();
            return;
        }
        new Bootstrap()
                .group(client.eventLoop())
                .channel(client.getClass())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel upstream) {
                                UpstreamTls.encrypt(upstream, address);
                                upstream.pipeline()
                                        .addLast(new HttpRequestEncoder())
                                        .addLast(new HttpResponseDecoder())
                                        .addLast(UpstreamHandshake.this);
                            }
                        })
                .connect(new InetSocketAddress(resolved, address.port()))
                .addListener(
                        connected -> {
                            if (!connected.isSuccess()) {
                                fail("Home Assistant cannot be reached");
                            }
                        });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!outcome.isWanted()) {
            settle();
            var _ = context.close();
            return;
        }
        limit =
                context.executor()
                        .schedule(
                                () -> {
                                    fail("Home Assistant did not answer the handshake");
                                    var _ = context.close();
                                },
                                ANSWER_SECONDS_MAX,
                                TimeUnit.SECONDS);
        var _ = context.writeAndFlush(request);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpResponse response) {
                read(context, response);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
        HttpHeaders answer = accepted;
        if (message instanceof LastHttpContent && answer != null && !isSettled) {
            handOver(context, answer);
        }
    }

    private void read(ChannelHandlerContext context, HttpResponse response) {
        boolean isOpened =
                response.decoderResult().isSuccess()
                        && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
                        && expectedAccept()
                                .equals(
                                        response.headers()
                                                .get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT));
        if (isOpened) {
            accepted = response.headers();
        } else {
            fail("Home Assistant refused the handshake with status " + response.status().code());
            var _ = context.close();
        }
    }

    /// RFC 6455 section 4.2.2, step 5.4.
    private String expectedAccept() {
        return accept(String.valueOf(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY)));
    }

    static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }

    private void handOver(ChannelHandlerContext context, HttpHeaders answer) {
        settle();
        Channel upstream = context.channel();
        // First, because what the client has sent already may be written at once.
        upstream.pipeline().remove(HttpRequestEncoder.class);
        upstream.pipeline().addLast(outcome.opened(upstream, answer));
        upstream.pipeline().remove(this);
        upstream.pipeline().remove(HttpResponseDecoder.class);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail("Home Assistant closed the connection during the handshake");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail("the connection to Home Assistant broke: " + cause.getClass().getSimpleName());
        var _ = context.close();
    }

    private void fail(String reason) {
        if (settle()) {
            outcome.failed(reason);
        }
    }

    private boolean settle() {
        if (isSettled) {
            return false;
        }
        isSettled = true;
        if (limit != null) {
            limit.cancel(false);
        }
        return true;
    }
}
