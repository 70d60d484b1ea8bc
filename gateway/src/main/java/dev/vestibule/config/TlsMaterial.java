package dev.vestibule.config;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What the gateway ends TLS with: read from the files of a [TlsConfig] and checked. Equal where
/// the files hold the same.
///
/// @param chain the gateway's own certificate, and behind it whatever signed the one before
/// @param key the private key of the first certificate
/// @param clientIssuers what signs the certificates of devices; empty where none are asked for
public record TlsMaterial(
        List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientIssuers) {

    public TlsMaterial {
        chain = List.copyOf(chain);
        clientIssuers = List.copyOf(clientIssuers);
    }

    public X509Certificate own() {
        return chain.getFirst();
    }

    /// Never the key.
    @Override
    public String toString() {
        return "TLS material of " + own().getSubjectX500Principal();
    }
}
