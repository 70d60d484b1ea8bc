package dev.vestibule.oidc;

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
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Which authorities may vouch for a provider's certificate: the system's, and the files that the
/// configuration names. There is no switch that turns checking off.
final class ProviderTrust {

    private ProviderTrust() {}

    /// Empty where the configuration names no file and the system's own context serves.
    static Optional<SSLContext> contextFor(String providerId, List<Path> caFiles) {
        if (caFiles.isEmpty()) {
            return Optional.empty();
        }
        try {
            KeyStore store = systemAuthorities();
            for (Path file : caFiles) {
                addAll(store, certificatesIn(providerId, file));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trustManagers(store), null);
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("a trust store in memory", impossible);
        }
    }

    private static KeyStore systemAuthorities() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (TrustManager manager : trustManagers(null)) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate authority : x509.getAcceptedIssuers()) {
                    add(store, authority);
                }
            }
        }
        return store;
    }

    private static TrustManager[] trustManagers(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static Collection<? extends Certificate> certificatesIn(String providerId, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (!found.isEmpty()) {
                return found;
            }
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new OpenIdProviderMisconfigured(
                    "The CA file " + file + " of the provider " + providerId + " cannot be read.");
        }
        throw new OpenIdProviderMisconfigured(
                "The CA file " + file + " of the provider " + providerId + " is empty.");
    }

    private static void addAll(KeyStore store, Collection<? extends Certificate> certificates)
            throws GeneralSecurityException {
        for (Certificate certificate : certificates) {
            add(store, certificate);
        }
    }

    private static void add(KeyStore store, Certificate certificate)
            throws GeneralSecurityException {
        store.setCertificateEntry("ca-" + store.size(), certificate);
    }
}
