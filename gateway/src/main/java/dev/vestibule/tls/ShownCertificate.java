package dev.vestibule.tls;

import dev.vestibule.network.ClientCertificate;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// The certificate that a client showed in its handshake, which the handshake has verified.
public final class ShownCertificate {

    private ShownCertificate() {}

    /// @param session of a handshake that is done
    public static ClientCertificate in(SSLSession session) {
        try {
            Certificate own = session.getPeerCertificates()[0];
            return own instanceof X509Certificate x509
                    ? ClientCertificate.Verified.of(x509)
                    : ClientCertificate.NONE;
        } catch (SSLPeerUnverifiedException _) {
            return ClientCertificate.NONE;
        }
    }
}
