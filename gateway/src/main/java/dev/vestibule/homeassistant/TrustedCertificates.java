package dev.vestibule.homeassistant;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// The certificates that a Home Assistant may be signed with: the system's and some of the
/// operator's own.
public final class TrustedCertificates {

    private TrustedCertificates() {}

    /// @throws IllegalArgumentException for a file that cannot be read as certificates
    public static SSLContext systemAnd(List<Path> files) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            for (X509Certificate issuer : systemIssuers()) {
                trusted.setCertificateEntry("system-" + count++, issuer);
            }
            for (Path file : files) {
                for (Certificate issuer : read(file)) {
                    trusted.setCertificateEntry("own-" + count++, issuer);
                }
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trustManagers(trusted), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("every JDK has TLS and a key store", impossible);
        }
    }

    private static List<X509Certificate> systemIssuers() throws GeneralSecurityException {
        for (TrustManager manager : trustManagers(null)) {
            if (manager instanceof X509TrustManager x509) {
                return List.of(x509.getAcceptedIssuers());
            }
        }
        return List.of();
    }

    private static TrustManager[] trustManagers(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static List<Certificate> read(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> found =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (found.isEmpty()) {
                throw new IllegalArgumentException("no certificate in " + file);
            }
            return found;
        } catch (IOException | java.security.cert.CertificateException unreadable) {
            throw new IllegalArgumentException("cannot read certificates from " + file, unreadable);
        }
    }
}
