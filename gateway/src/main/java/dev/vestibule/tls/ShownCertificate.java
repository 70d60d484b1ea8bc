package dev.vestibule.tls;

import dev.vestibule.network.ClientCertificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// The certificate that a client showed in its handshake, which the handshake has verified.
public final class ShownCertificate {

    private ShownCertificate() {}

    /// @param session of a handshake that is done
    public static ClientCertificate in(SSLSession session) {
        try {
            Certificate own = session.getPeerCertificates()[0];
            return own instanceof X509Certificate x509 ? read(x509) : ClientCertificate.NONE;
        } catch (SSLPeerUnverifiedException _) {
            return ClientCertificate.NONE;
        }
    }

    private static ClientCertificate read(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new ClientCertificate.Verified(
                    certificate.getSubjectX500Principal().getName(),
                    HexFormat.of().formatHex(digest));
        } catch (CertificateEncodingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("it was verified in its encoded form", impossible);
        }
    }
}
