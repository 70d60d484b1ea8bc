package dev.vestibule.config;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Reads certificates.
final class CertificatesPem {

    private static final String CERTIFICATE = "CERTIFICATE";

    private CertificatesPem() {}

    /// Every certificate in the text, at least one.
    static Parsed<List<X509Certificate>> read(String pem) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : PemBlock.all(pem)) {
            if (block.label().equals(CERTIFICATE)) {
                try {
                    certificates.add(certificate(block));
                } catch (GeneralSecurityException unreadable) {
                    return new Parsed.Bad<>(
                            "Certificate "
                                    + (certificates.size() + 1)
                                    + " in this file cannot be read. Is the file whole?");
                }
            }
        }
        return certificates.isEmpty()
                ? new Parsed.Bad<>(
                        "This holds no certificate in PEM. Give the file that begins with"
                                + " -----BEGIN CERTIFICATE-----.")
                : new Parsed.Good<>(certificates);
    }

    /// As [#read], each but the last signed by the one behind it (RFC 8446 section 4.4.2).
    static Parsed<List<X509Certificate>> readChain(String pem) {
        Parsed<List<X509Certificate>> read = read(pem);
        if (read instanceof Parsed.Good<List<X509Certificate>>(var chain)) {
            for (int i = 0; i + 1 < chain.size(); i++) {
                if (!isSignedBy(chain.get(i), chain.get(i + 1))) {
                    return new Parsed.Bad<>(
                            "Certificate "
                                    + (i + 1)
                                    + " in this file is not signed by certificate "
                                    + (i + 2)
                                    + ". Put the gateway's own first, and behind each the one that"
                                    + " signed it.");
                }
            }
        }
        return read;
    }

    private static X509Certificate certificate(PemBlock block) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(block.bytes().orElse(new byte[0])));
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException other) {
            return false;
        }
    }
}
