package dev.vestibule.testhouse.home;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/// Whether a port is spoken to in the clear.
sealed interface Encryption {

    record None() implements Encryption {}

    record Tls(SSLContext context) implements Encryption {}

    default String scheme() {
        return switch (this) {
            case None() -> "http";
            case Tls _ -> "https";
        };
    }

    /// Puts TLS, if any, at the end of a new connection's pipeline.
    default void addTo(Channel channel) {
        switch (this) {
            case None() -> {}
            case Tls(var context) -> {
                SSLEngine engine = context.createSSLEngine();
                engine.setUseClientMode(false);
                channel.pipeline().addLast(new SslHandler(engine));
            }
        }
    }
}
