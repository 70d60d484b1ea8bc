package dev.vestibule.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How the gateway ends TLS itself, versions 1.2 and 1.3. Without a certificate it speaks plain
/// http, and whatever stands in front ends TLS. The files are looked at every minute: new
/// connections get what they hold then. See [tls.md](tls.md).
///
/// @param certificateFiles the certificate chain in PEM, the gateway's own certificate first; at
///   most one file. Key: `certificate-file`. Default: none. Example:
///   `/etc/letsencrypt/live/home.example.org/fullchain.pem`
/// @param keyFiles the private key of the certificate, RSA or EC, as PKCS#8 in PEM (`BEGIN PRIVATE
///   KEY`), without password; at most one file. Key: `key-file`. Default: none. Example:
///   `/etc/letsencrypt/live/home.example.org/privkey.pem`
/// @param hsts for how long browsers shall never again speak plain http to this host name, on any
///   port (HSTS, RFC 6797); `0s` says nothing about it. Default: `0s`. Example: `365d`
/// @param clientCertificates which devices may show a certificate of their own
public record TlsConfig(
        List<Path> certificateFiles,
        List<Path> keyFiles,
        Duration hsts,
        ClientCertificatesConfig clientCertificates) {

    public static final TlsConfig OFF =
            new TlsConfig(
                    List.of(), List.of(), Duration.ZERO, new ClientCertificatesConfig(List.of()));

    public TlsConfig {
        if (certificateFiles.size() > 1 || keyFiles.size() != certificateFiles.size()) {
            throw new IllegalArgumentException("TLS needs one certificate and one key, or none");
        }
        certificateFiles = List.copyOf(certificateFiles);
        keyFiles = List.copyOf(keyFiles);
    }

    public boolean isOn() {
        return !certificateFiles.isEmpty();
    }
}
