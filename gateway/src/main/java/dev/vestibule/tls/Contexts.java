package dev.vestibule.tls;

import dev.vestibule.config.TlsMaterial;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLException;

/// What is spoken: TLS 1.2 and 1.3, suites with forward secrecy and authenticated encryption only.
final class Contexts {

    /// RFC 9325 section 4.2; RFC 9113 section 9.2.2 allows HTTP/2 over each of them.
    private static final List<String> SUITES =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /// Sessions that clients take up again; the JDK's own limit is twenty thousand for a day.
    private static final int SESSIONS_MAX = 1_000;

    private static final Duration SESSION_LIFETIME = Duration.ofHours(1);

    private Contexts() {}

    /// @param protocols for ALPN, the best first
    static SslContext of(TlsMaterial material, List<String> protocols) {
        SslContextBuilder builder =
                SslContextBuilder.forServer(new OwnKey(material))
                        .sslProvider(SslProvider.JDK)
                        .protocols("TLSv1.3", "TLSv1.2")
                        .ciphers(SUITES)
                        .sessionCacheSize(SESSIONS_MAX)
                        .sessionTimeout(SESSION_LIFETIME.toSeconds())
                        .applicationProtocolConfig(alpn(protocols));
        if (!material.clientIssuers().isEmpty()) {
            builder.clientAuth(ClientAuth.OPTIONAL)
                    .trustManager(material.clientIssuers().toArray(X509Certificate[]::new));
        }
        try {
            return builder.build();
        } catch (SSLException impossible) {
            throw new IllegalStateException("checked material, and a JDK with TLS", impossible);
        }
    }

    /// Attack: a connection that was meant for another program is led here (ALPACA). Who names
    /// protocols and none of ours is refused (RFC 7301 section 3.2); who names none means HTTP/1.1.
    private static ApplicationProtocolConfig alpn(List<String> protocols) {
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.FATAL_ALERT,
                SelectedListenerFailureBehavior.FATAL_ALERT,
                protocols);
    }
}
