package dev.vestibule.config;

import java.util.ArrayList;
import java.util.List;

/// Where certificates of devices could come from, for the kiosks that ask for one. Used by one
/// thread.
final class CertificateSource {

    private final List<Located<String>> asked = new ArrayList<>();

    /// @param kiosk asks for one in `client-certificate`
    void expect(Section kiosk, String name) {
        asked.add(
                new Located<>(
                        name,
                        kiosk.lineOf("client-certificate"),
                        kiosk.pathOf("client-certificate")));
    }

    /// Warns of every kiosk that no certificate can reach: it would stay shut, and nothing else
    /// says why.
    void check(NetworkConfig network, TlsConfig tls, Findings findings) {
        boolean isAsked = tls.isOn() && !tls.clientCertificates().caFiles().isEmpty();
        if (isAsked || !network.clientCertificateProxies().isEmpty()) {
            return;
        }
        asked.forEach(
                kiosk ->
                        findings.warning(
                                kiosk.line(),
                                kiosk.path(),
                                "Nobody can be the kiosk '"
                                        + kiosk.value()
                                        + "', as nothing asks a tablet for its certificate. Write"
                                        + " 'listen.tls.client-certificates.ca-file' where"
                                        + " Vestibule ends TLS itself, or the proxy that ends it"
                                        + " under 'network.client-certificate-proxies'."));
    }
}
