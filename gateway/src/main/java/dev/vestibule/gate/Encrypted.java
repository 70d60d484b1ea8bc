package dev.vestibule.gate;

import dev.vestibule.tls.ServerTls;
import dev.vestibule.tls.ShownCertificate;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Receives a connection that begins with TLS. Once the handshake is done, the client's requests go
/// through the same door as those of anybody else. One per connection, on its event loop.
final class Encrypted extends ApplicationProtocolNegotiationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Encrypted.class);

    private final Door door;
    private final Listener.Limits limits;
    private final Places places;
    private final ServerTls tls;
    private final SslHandler unwrapping;

    private Encrypted(
            ServerTls tls,
            Door door,
            Listener.Limits limits,
            Places places,
            SslHandler unwrapping) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.tls = tls;
        this.door = door;
        this.limits = limits;
        this.places = places;
        this.unwrapping = unwrapping;
    }

    /// Puts the handlers of a new connection in their order.
    static void welcome(
            ServerTls tls, Door door, Listener.Limits limits, Places places, Channel channel) {
        SslHandler unwrapping =
                new Unwrapping(tls.newEngine(channel.alloc()), tls.handshakes(), limits, channel);
        channel.pipeline()
                .addLast(
                        new FirstByte(limits.deadlines()),
                        unwrapping,
                        new Encrypted(tls, door, limits, places, unwrapping));
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
        Transport transport =
                new Transport(ShownCertificate.in(unwrapping.engine().getSession()), tls.hsts());
        if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
            Http2Connection.welcome(door, limits, places, transport, ctx.channel());
        } else {
            ClientConnection.welcome(door, limits, transport, ctx.channel());
        }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause);
    }

    /// The internet knocks all day with what is no TLS, or not ours.
    private static void fail(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("event=handshake-failed reason=\"{}\"", cause.getMessage());
        var _ = ctx.close();
    }
}
