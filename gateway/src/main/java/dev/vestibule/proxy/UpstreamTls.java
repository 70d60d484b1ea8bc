package dev.vestibule.proxy;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// Encrypts connections to Home Assistant, for HTTP and websockets alike.
public final class UpstreamTls {

    private UpstreamTls() {}

    /// Puts TLS at the end of a new channel's pipeline where the address asks for it. The
    /// certificate must carry the host's name (RFC 9110 section 4.3.4).
    public static void encrypt(Channel channel, UpstreamAddress address) {
        switch (address.encryption()) {
            case UpstreamAddress.Encryption.None() -> {}
            case UpstreamAddress.Encryption.Tls(var context) ->
                    channel.pipeline().addLast(handler(channel, address, context));
        }
    }

    private static SslHandler handler(
            Channel channel, UpstreamAddress address, SslContext context) {
        SslHandler handler = context.newHandler(channel.alloc(), address.host(), address.port());
        SSLEngine engine = handler.engine();
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return handler;
    }
}
